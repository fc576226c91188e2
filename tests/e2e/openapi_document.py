"""The OpenAPI document as tests use it: its operations, and its schemas for a JSON Schema validator."""

import copy
from dataclasses import dataclass

import jsonschema

METHODS = ("get", "put", "post", "delete")
BASE = "/v1"


@dataclass
class Operation:
    """One method of one path; `words` is the operation object with its references resolved."""

    method: str
    path: str
    words: dict

    @property
    def name(self):
        return self.words["operationId"]

    def parameters(self, place):
        return {found["name"]: found for found in self.words["parameters"] if found["in"] == place}

    def url(self, **parts):
        """The path with the example of every part, or what is given in its place."""
        url = BASE + self.path
        for name, parameter in self.parameters("path").items():
            url = url.replace(f"{{{name}}}", str(parts.get(name, parameter["example"])))
        return url

    def body(self):
        """(media type, example) of each form of body that it takes."""
        content = self.words.get("requestBody", {}).get("content", {})
        return {media: found["example"] for media, found in content.items()}


class Document:
    def __init__(self, content):
        self.content = content

    def resolve(self, value):
        """The same value without references; only schemas keep theirs, which may go round."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        target = value.get("$ref", "#/components/schemas/")
        if not target.startswith("#/components/schemas/"):
            return self.resolve(self.look_up(target))
        return {key: self.resolve(item) for key, item in value.items()}

    def look_up(self, target):
        found = self.content
        for name in target.removeprefix("#/").split("/"):
            found = found[name]
        return found

    def operations(self):
        return [Operation(method.upper(), path, self.resolve(words))
                for path, methods in self.content["paths"].items() for method, words in methods.items()]

    def schema(self, schema):
        """A JSON Schema (2020-12) of a schema of the document; strict: what is not described may not be."""
        document = as_json_schema({"components": {"schemas": self.content["components"]["schemas"]}})
        return {**document, **as_json_schema(schema)}

    def faults(self, schema, value):
        validator = jsonschema.Draft202012Validator(
            self.schema(schema), format_checker=jsonschema.FormatChecker())
        return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(value)]


def as_json_schema(value):
    """What OpenAPI 3.0 says in its own way, and closed objects."""
    if isinstance(value, list):
        return [as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    schema = {key: as_json_schema(item) for key, item in copy.copy(value).items()}
    if schema.pop("nullable", False) is True:
        schema["type"] = [schema["type"], "null"]
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        schema.setdefault("additionalProperties", False)
    return schema
