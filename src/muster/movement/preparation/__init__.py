"""From a scenario's tables and the network to a problem that is complete in itself.

In reading order: ``prepare`` is the main path; ``loading`` cuts lines into loads, ``lift`` fleets into assets; ``ways``
finds legs on the network and ``barriers`` what may pass where, ``terminals`` gives places their capacities and
calendars, ``itineraries`` joins legs into the chains worth offering; ``sieve`` keeps what permits, caveats, lift and
overrides allow; ``adoption`` holds the factors as used, with every assumption written down.
"""
