"""Why a plan is as it is: what each step waits for, re-derived from problem and plan by the rules of the checks.

In reading order: ``full_places`` and ``fleet_gaps`` say what keeps a load from starting earlier, ``holdups`` puts both
together minute by minute, ``waiting`` names it; ``predecessors`` is what came before a step, ``critical_chain`` why the
force closes when it does, ``late_causes`` the shortest list of causes of a lateness, ``explain`` the story of a line.
"""
