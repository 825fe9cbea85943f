package ioverlay.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that asks for something, read member by member. Every value that is wrong is refused with the rule and the
 * value.
 *
 * <p><b>Threads:</b> one.
 */
final class Demand {
    private static final int LONGEST_SHOWN = 60;
    private static final long MOST_APPLICATION = 0xffff_ffffL;

    private final String what;
    private final JsonObject members;

    /**
     * Begins.
     *
     * @param what for the sentences, as {@code the command 'swap'}
     */
    Demand(String what, JsonObject members) {
        this.what = what;
        this.members = members;
    }

    /** Refuses members that are none of these. */
    Demand requireOnly(Set<String> known) {
        for (String member : members.keySet()) {
            if (!known.contains(member)) {
                throw new RefusedException(what + " has "
                        + (known.isEmpty()
                                ? "no members"
                                : String.join(", ", known.stream().sorted().toList()))
                        + ", but no '" + shortened(member) + "'");
            }
        }
        return this;
    }

    boolean has(String member) {
        return members.has(member) && !members.get(member).isJsonNull();
    }

    private JsonElement given(String member) {
        if (!has(member)) {
            throw new RefusedException(what + " needs '" + member + "'");
        }
        return members.get(member);
    }

    String text(String member) {
        JsonElement given = given(member);
        if (given instanceof JsonPrimitive text && text.isString()) {
            return text.getAsString();
        }
        throw refused(member, "is a text", given);
    }

    String text(String member, String otherwise) {
        return has(member) ? text(member) : otherwise;
    }

    long whole(String member, long least, long most, long otherwise) {
        return has(member) ? whole(member, least, most) : otherwise;
    }

    long whole(String member, long least, long most) {
        String rule = "is a whole number from " + least + " to " + most;
        JsonElement given = given(member);
        try {
            if (given instanceof JsonPrimitive number && number.isNumber()) {
                long value = new BigDecimal(number.getAsString()).longValueExact();
                if (value >= least && value <= most) {
                    return value;
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RefusedException(sentence(member, rule, given), e);
        }
        throw refused(member, rule, given);
    }

    double number(String member, double least, double most, double otherwise) {
        if (!has(member)) {
            return otherwise;
        }
        String rule = "is a number from " + new BigDecimal(Double.toString(least)).toPlainString() + " to "
                + new BigDecimal(Double.toString(most)).toPlainString();
        JsonElement given = given(member);
        if (given instanceof JsonPrimitive number && number.isNumber()) {
            double value = number.getAsDouble();
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw refused(member, rule, given);
    }

    boolean is(String member, boolean otherwise) {
        if (!has(member)) {
            return otherwise;
        }
        if (given(member) instanceof JsonPrimitive truth && truth.isBoolean()) {
            return truth.getAsBoolean();
        }
        throw refused(member, "is true or false", given(member));
    }

    /** An application's id: a number, also as a text. */
    int application(long least) {
        String member = "application";
        JsonElement given = given(member);
        if (given instanceof JsonPrimitive text
                && text.isString()
                && text.getAsString().matches("\\d{1,10}")) {
            JsonObject number = new JsonObject();
            number.addProperty(member, Long.parseLong(text.getAsString()));
            return (int) new Demand(what, number).whole(member, least, MOST_APPLICATION);
        }
        return (int) whole(member, least, MOST_APPLICATION);
    }

    NodeId node(String member) {
        try {
            return NodeId.parse(shortened(text(member)));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    Optional<JsonObject> object(String member) {
        if (!has(member)) {
            return Optional.empty();
        }
        if (given(member) instanceof JsonObject object) {
            return Optional.of(object);
        }
        throw refused(member, "is an object", given(member));
    }

    List<JsonElement> list(String member) {
        if (!has(member)) {
            return List.of();
        }
        if (given(member) instanceof JsonArray list) {
            return list.asList();
        }
        throw refused(member, "is a list", given(member));
    }

    /** That this member breaks a rule. */
    RefusedException refused(String member, String rule, JsonElement given) {
        return new RefusedException(sentence(member, rule, given));
    }

    private String sentence(String member, String rule, JsonElement given) {
        String text = given instanceof JsonPrimitive one ? one.getAsString() : given.toString();
        return "'" + member + "' of " + what + " " + rule + ", not '" + shortened(text) + "'";
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
