package ioverlay.observer.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The part of JSON Schema that the description uses. */
final class SchemaCheck {
    private final JsonObject schemas;

    SchemaCheck(JsonObject description) {
        schemas = description.getAsJsonObject("components").getAsJsonObject("schemas");
    }

    /** What is not as the schema says, with the place. */
    List<String> errors(JsonElement value, String schema) {
        List<String> errors = new ArrayList<>();
        check(value, schemas.getAsJsonObject(schema), "$", errors);
        return errors;
    }

    private void check(JsonElement value, JsonObject schema, String at, List<String> errors) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().replace("#/components/schemas/", "");
            check(value, schemas.getAsJsonObject(name), at, errors);
            return;
        }
        if (schema.get("anyOf") instanceof JsonArray any) {
            boolean fits = any.asList().stream().anyMatch(one -> {
                List<String> wrong = new ArrayList<>();
                check(value, one.getAsJsonObject(), at, wrong);
                return wrong.isEmpty();
            });
            if (!fits) {
                errors.add(at + " is none of " + any);
            }
        }
        if (schema.get("enum") instanceof JsonArray allowed && !allowed.contains(value)) {
            errors.add(at + " is none of " + allowed + ": " + value);
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            errors.add(at + " must be " + schema.get("const"));
        }
        if (schema.has("type") && !typed(value, schema.get("type"))) {
            errors.add(at + " must be " + schema.get("type") + ", not " + value);
        }
        if (schema.has("format") && value.isJsonPrimitive() && !isTime(value.getAsString())) {
            errors.add(at + " must be a time, not " + value);
        }
        if (value instanceof JsonObject object && schema.has("properties")) {
            object(object, schema, at, errors);
        }
        if (value instanceof JsonArray array && schema.get("items") instanceof JsonObject items) {
            for (int i = 0; i < array.size(); i++) {
                check(array.get(i), items, at + "[" + i + "]", errors);
            }
        }
    }

    private void object(JsonObject object, JsonObject schema, String at, List<String> errors) {
        JsonObject properties = schema.getAsJsonObject("properties");
        for (JsonElement required : schema.getAsJsonArray("required")) {
            if (!object.has(required.getAsString())) {
                errors.add(at + " has no " + required);
            }
        }
        object.entrySet().forEach(member -> {
            if (properties.get(member.getKey()) instanceof JsonObject known) {
                check(member.getValue(), known, at + "." + member.getKey(), errors);
            } else if (!schema.get("additionalProperties").getAsBoolean()) {
                errors.add(at + " may not have " + member.getKey());
            }
        });
    }

    private static boolean typed(JsonElement value, JsonElement type) {
        if (type instanceof JsonArray several) {
            return several.asList().stream().anyMatch(one -> typed(value, one));
        }
        return switch (type.getAsString()) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "null" -> value.isJsonNull();
            case "string" -> value instanceof JsonPrimitive text && text.isString();
            case "boolean" -> value instanceof JsonPrimitive bool && bool.isBoolean();
            case "number" -> value instanceof JsonPrimitive number && number.isNumber();
            case "integer" ->
                value instanceof JsonPrimitive number
                        && number.isNumber()
                        && number.getAsDouble() == Math.rint(number.getAsDouble());
            default -> throw new IllegalArgumentException("no type of JSON: " + type);
        };
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
