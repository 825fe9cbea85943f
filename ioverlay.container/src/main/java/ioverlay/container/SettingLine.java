package ioverlay.container;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.api.container.RefusedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a configuration that names a slot or an application to start: {@code 0=relay;versions=[1.0,2);settings={…}}.
 *
 * @param application an unsigned 32-bit number
 * @param type of the algorithm or application
 * @param versions a range; {@code 0} where none is given
 * @param settings empty where none are given
 */
record SettingLine(int application, String type, String versions, JsonObject settings) {
    /** All versions. */
    static final String ANY = "0";

    private static final Pattern FORM = Pattern.compile(
            "\\s*(?<id>\\d{1,10})\\s*=\\s*(?<type>[^;\\s]+)\\s*(;\\s*versions=(?<versions>[^;{}]+))?"
                    + "(;\\s*settings=(?<settings>.*))?",
            Pattern.DOTALL);

    /**
     * Reads a line.
     *
     * @throws RefusedException with the rule and the line
     */
    static SettingLine parse(String line) {
        Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            throw new RefusedException(
                    "a slot or application is written as 0=relay;versions=[1.0,2);settings={…}, not '" + line + "'");
        }
        String versions = parts.group("versions");
        String settings = parts.group("settings");
        return new SettingLine(
                id(parts.group("id")),
                parts.group("type"),
                versions == null ? ANY : versions.strip(),
                settings == null ? new JsonObject() : json(settings));
    }

    /** The line again. */
    String text() {
        return Integer.toUnsignedString(application) + "=" + type
                + (versions.equals(ANY) ? "" : ";versions=" + versions)
                + (settings.isEmpty() ? "" : ";settings=" + settings);
    }

    private static int id(String digits) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw new RefusedException("an application's id is 0 to 4294967295, not '" + digits + "'", e);
        }
    }

    private static JsonObject json(String text) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            throw new RefusedException("settings are a JSON object, not '" + text + "': " + Reason.of(e), e);
        }
        throw new RefusedException("settings are a JSON object, not '" + text + "'");
    }
}
