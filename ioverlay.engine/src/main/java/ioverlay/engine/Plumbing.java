package ioverlay.engine;

/** How a switch gets its parts, which need the switch in turn. */
interface Plumbing {
    Links links(Switch node);

    Requests requests(Switch node);
}
