package ioverlay.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * What an author calls an algorithm: its name, its bundle's symbolic name and its package at once.
 *
 * @param text lower-case words with dots, for example {@code my.algo.deal}
 */
record ProjectName(String text) {
    private static final int MAX_LENGTH = 100;
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*");

    /** Packages that belong to somebody else. */
    private static final Set<String> TAKEN = Set.of("java", "javax", "ioverlay");

    /**
     * Checks it.
     *
     * @throws UsageException with the rule and the value
     */
    ProjectName {
        if (text.length() > MAX_LENGTH) {
            throw new UsageException(
                    "An algorithm's name has at most " + MAX_LENGTH + " characters, not " + text.length());
        }
        if (!WORDS.matcher(text).matches()) {
            throw new UsageException("An algorithm's name is lower-case words with dots between, for example"
                    + " my.algo.deal, not '" + text + "'");
        }
        for (String word : text.split("\\.", -1)) {
            if (SourceVersion.isKeyword(word)) {
                throw new UsageException("An algorithm's name is a Java package too, in which '" + word
                        + "' is no word, as in '" + text + "'");
            }
        }
        String first = text.split("\\.", 2)[0];
        if (TAKEN.contains(first)) {
            throw new UsageException("An algorithm's name begins with a word of its author's, not with '" + first
                    + "' as '" + text + "'");
        }
    }

    /** The package as a folder. */
    String path() {
        return text.replace('.', '/');
    }

    /** The last word as a class; another one if the class would hide one that the source uses. */
    String className(Set<String> used) {
        String word = text.substring(text.lastIndexOf('.') + 1);
        String name = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return used.contains(name) || isOfTheLanguage(name) ? name + "Algorithm" : name;
    }

    private static boolean isOfTheLanguage(String name) {
        try {
            Class.forName("java.lang." + name, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
