package ioverlay.container;

/**
 * Tells what became of a configuration; each call is an event.
 *
 * <p><b>Threads:</b> any.
 */
interface ConfigurationLog {
    /**
     * All that a configuration asks for is there.
     *
     * @param pid the configuration's
     * @param node its name
     */
    void made(String pid, String node);

    /**
     * A value is wrong, or what it asks for is taken.
     *
     * @param pid the configuration's
     * @param node its name, or empty where the configuration does not even give one
     * @param sentence the rule and the value
     */
    void refused(String pid, String node, String sentence);
}
