"""From barracks to assembly area: the deployment problem, its plans, its checks.

The values are in ``problem`` and ``plan``; ``prepare.prepare_problem`` makes a problem, ``solve.solve`` a plan,
``checks.check`` judges it, ``formulation.bound`` proves how good any plan can be, ``report.report`` and
``explain.explain`` tell it to people. They are imported from their files, so that reading a plan loads no solver.
"""
