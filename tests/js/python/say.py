"""What the scripts of this folder share: their input, and one line of JSON for each thing that they tell."""

import dataclasses
import json
import sys

given = json.loads(sys.argv[1])


def plain(value):
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value if isinstance(value, (str, int, float, bool, type(None))) else repr(value)


def say(**values):
    print(json.dumps(plain(values)), flush=True)


def raised(work):
    """The name of what a function raises, its message, and what it returns where it raises nothing."""
    try:
        return {"returned": plain(work())}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
