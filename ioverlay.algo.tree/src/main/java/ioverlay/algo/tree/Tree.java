package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A multicast tree that its members build among themselves (paper, section 3.2); subclasses say who becomes the parent
 * of a joiner.
 *
 * <p><b>Behaviour:</b> the node with the setting {@code source} is the root; others join when told (JOIN) or by the setting
 * {@code join}. A joiner finds a member through its known hosts, sends it an sQuery and becomes the child of whoever
 * acknowledges first. Data goes from the parent to all children and to the local application. Neighbours in the tree hear
 * periodically, and at once after a change, what {@link Report} says.
 *
 * <p><b>Repair:</b> a node whose parent is gone asks its former ancestors, then the source, then known hosts. It keeps its
 * children meanwhile, for the repair time; then they look for themselves. A joiner with children is taken only after the
 * way up from the new parent was walked to the source without meeting it ({@link Word#VERIFY}); a node that has no parent
 * lets nobody pass, so that no two can close a circle.
 *
 * <p><b>Sources:</b> JOIN with {@code source} makes a node the root; the way up to the old one is turned round. A root that hears of a later
 * one gives way only when that one takes it as a child, and is the root again if that one is gone soon after: see {@link Succession}.
 *
 * <p><b>Settings:</b> see {@link TreeSettings}. A session needs a slot of its own application.
 *
 * <p><b>Status:</b> {@code source}, {@code parent}, {@code children}, {@code rooted}, {@code degree}, {@code rate},
 * {@code stress} (−1 if the last mile is not known), {@code member}, {@code messages} and {@code bytes} passed on, {@code repeated} and {@code strays} that were not, {@code repairs}.
 */
abstract class Tree extends Forwarder {
    private static final Duration REPORTS = Duration.ofSeconds(1);
    private static final int UPSTREAM = 1;

    final Joining joining = new Joining(this);
    private final Parenthood parenthood = new Parenthood(this);
    final Rooting rooting = new Rooting(this);
    private boolean announced;

    @Carried
    private String parent = "";

    @Carried
    private List<String> children = List.of();

    @Carried
    private long repairs;

    /** Who a member passes a query on to; empty if it takes the joiner itself. */
    abstract Optional<NodeId> better(Query query);

    /** Whom a node without a parent asks before the source: its former ancestors, if it had any. */
    List<NodeId> asks(List<NodeId> ancestors) {
        return ancestors.isEmpty() ? joining.anybody() : ancestors;
    }

    @Override
    public void begin(Place place) {
        super.begin(place);
        if (place.application() == 0) {
            throw new IllegalArgumentException("a tree has a slot of its own application, not 0, which serves several");
        }
        settings = TreeSettings.read(place.settings());
        settings.hosts().forEach(this::know);
        member = settings.join();
        if (settings.source()) {
            beSource();
        }
        grace(settings.repair());
        reports(REPORTS);
        timer(EXCHANGE, settings.exchange(), settings.exchange());
        timer(PROBE, Duration.ZERO);
        timer(SEARCH, Duration.ZERO);
        route();
    }

    @Override
    public Disposition process(Message message) {
        int type = message.type();
        if (!MessageType.isControl(type)) {
            return type == Word.ERA ? eraBegins(message) : data(message);
        }
        switch (type) {
            case MessageType.TIMER -> due(message.param1());
            case MessageType.REPORT -> reported(message);
            case MessageType.MEASURED -> measured(Payloads.json(message));
            case MessageType.JOIN -> join(Payloads.json(message));
            case MessageType.LEAVE -> leave();
            case MessageType.FOUND -> joining.found(message.param1(), message.from());
            case MessageType.SOURCE_FAILED -> gone(peer(message), family.isParent(peer(message)));
            case MessageType.LINK_CLOSED -> linkEnded(message);
            case MessageType.LINK_FAILED -> {
                linkEnded(message);
                return super.process(message);
            }
            case MessageType.NODE_FAILED -> {
                gone(peer(message));
                joining.gone(peer(message));
                return super.process(message);
            }
            case MessageType.SEND_FAILED -> {
                joining.gone(peer(message));
                return super.process(message);
            }
            default -> {
                return type >= Word.ANNOUNCE && type <= Word.REFUSAL ? word(message) : super.process(message);
            }
        }
        return Disposition.DONE;
    }

    private Disposition word(Message message) {
        NodeId from = message.from();
        try {
            JsonObject body = Word.read(message);
            switch (message.type()) {
                case Word.ANNOUNCE -> rooting.announced(body, from);
                case Word.QUERY -> parenthood.asked(Query.read(body));
                case Word.QUERY_ACK -> acknowledged(Word.number(body, "request"), Word.node(body, "parent"));
                case Word.ATTACH -> attached(Vitals.read(body, from));
                case Word.DETACH -> gone(from);
                case Word.STRESS -> heard(body, from);
                case Word.VERIFY -> parenthood.verify(body, from);
                case Word.TURN -> rooting.turned(body, from);
                default -> joining.refused(Word.number(body, "request"));
            }
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            // The sender is somewhere else: say it where the node is watched, and go on.
            trace("the tree does not understand " + from + ": " + e.getMessage());
        }
        return Disposition.DONE;
    }

    private void due(int timer) {
        switch (timer) {
            case SEARCH -> search();
            case EXCHANGE -> exchange.due();
            case TELL -> exchange.told();
            case RELEASE -> release();
            case PROBE -> probe();
            case ABDICATION -> rooting.succession.due();
            default -> timed(timer);
        }
    }

    /** A timer of a subclass. */
    void timed(int timer) {}

    private void search() {
        if (isRoot()) {
            if (!announced) {
                announced = true;
                rooting.announce();
            }
        } else if (joining.isUnderWay()) {
            joining.due();
        } else if (member && family.parent().isEmpty()) {
            joining.look(List.of());
        }
    }

    /** The family is another one: data goes elsewhere, and neighbours hear so. */
    final void changed() {
        route();
        exchange.changed();
    }

    // ---- joining and leaving

    private void join(JsonObject wanted) {
        member = true;
        if (Word.flag(wanted, "source") && !isRoot()) {
            becomeRoot();
        } else if (!isRoot() && family.parent().isEmpty() && !joining.isUnderWay()) {
            joining.look(List.of());
        }
        route();
    }

    /** Who was the root before is it again: its successor is gone. */
    final void takeOver() {
        if (member && !isRoot()) {
            becomeRoot();
        }
    }

    private void becomeRoot() {
        Optional<NodeId> above = family.parent();
        Optional<NodeId> before = source();
        joining.end();
        rooting.succession.end();
        family.orphan();
        beSource();
        beginEra();
        above.ifPresent(old -> rooting.turnUp(old, self(), reign));
        changed();
        before.filter(old -> !old.equals(self())).ifPresent(rooting::replace);
        rooting.announce();
    }

    /** Another one is the root, and somebody takes this node as a child. */
    final void giveWay(NodeId newParent, NodeId source, long itsReign) {
        follow(newParent, source, itsReign);
        attach(newParent);
        changed();
    }

    /** A child is the parent from now on. */
    final void follow(NodeId child, NodeId source, long itsReign) {
        root = false;
        learnSource(source, itsReign);
        joining.end();
        family.adopt(child);
        exchange.anew();
        sequence.parentChanged(now());
    }

    private void acknowledged(int request, NodeId newParent) {
        if (rooting.isAnswered(request, newParent)) {
            return;
        }
        if (joining.isAnswered(request, newParent)) {
            stop(RELEASE);
            adopting(newParent);
            family.parent().filter(old -> !old.equals(newParent)).ifPresent(this::leaveParent);
            family.adopt(newParent);
            sequence.parentChanged(now());
            attach(newParent);
            changed();
        }
    }

    /** It becomes the parent, after another or none. */
    void adopting(NodeId parent) {}

    /** There is a better one, which has not brought anything yet. */
    void leaveParent(NodeId old) {
        detach(old);
    }

    @Override
    protected boolean inSession() {
        return isRoot() || (member && family.parent().isPresent());
    }

    private void attached(Vitals child) {
        NodeId node = child.node();
        if (!inSession() || family.isParent(node) || (!family.isChild(node) && !family.hasRoom())) {
            detach(node);
        } else {
            bear(child);
            changed();
            exchange.answer(node);
        }
    }

    private void leave() {
        joining.end();
        rooting.succession.end();
        member = false;
        root = false;
        neighbours().forEach(this::detach);
        family.clear();
        changed();
    }

    // ---- neighbours

    private void heard(JsonObject body, NodeId from) {
        if (family.isParent(from)) {
            heardParent(Report.read(body, from));
        } else if (!family.heardChild(Vitals.read(body, from))) {
            if (!isLeaving(from)) {
                detach(from); // it believes in a link of the tree that is not there
            }
            return;
        }
        if (Word.flag(body, "ask")) {
            exchange.answer(from);
        }
    }

    private void heardParent(Report report) {
        boolean wasRooted = isRooted();
        List<NodeId> before = family.path();
        family.heardParent(report);
        boolean otherSource = !report.source().isEmpty() && learnSource(NodeId.parse(report.source()), report.reign());
        if (report.path().contains(self())) {
            orphaned(List.of()); // cannot be as long as ways are walked; if it is, it ends here
        } else if (otherSource || wasRooted != isRooted() || !before.equals(family.path())) {
            exchange.changed();
        }
        parentChanged();
    }

    /** The parent said how it is. */
    void parentChanged() {}

    /** Whether that is a former parent which still brings what the new one does not have. */
    boolean isLeaving(NodeId neighbour) {
        return false;
    }

    private void linkEnded(Message notice) {
        NodeId neighbour = peer(notice);
        boolean isUpstream = notice.param1() == UPSTREAM;
        gone(neighbour, isUpstream ? family.isParent(neighbour) : family.isChild(neighbour));
    }

    private void gone(NodeId neighbour, boolean matters) {
        if (matters) {
            gone(neighbour);
        }
    }

    /** A neighbour has left, died, or is none any more. */
    void gone(NodeId neighbour) {
        if (family.isParent(neighbour)) {
            orphaned(family.above().map(Report::path).orElse(List.of()));
        } else if (family.lose(neighbour)) {
            changed();
        }
    }

    private void orphaned(List<NodeId> ancestors) {
        family.orphan();
        repairs++;
        if (!family.children().isEmpty()) {
            timer(RELEASE, settings.repair());
        }
        changed();
        if (member) {
            joining.look(ancestors);
        }
    }

    /** Nobody was found in time: the children look for themselves, and this node goes on without them. */
    private void release() {
        if (family.parent().isEmpty() && !isRoot()) {
            family.children().forEach(this::detach);
            family.clear();
            changed();
        }
    }

    // ---- from version to version

    @Override
    public State save() {
        parent = family.parent().map(NodeId::toString).orElse("");
        children = family.children().stream().map(NodeId::toString).toList();
        return super.save();
    }

    /** The place in the tree goes over; how neighbours are is heard at the next exchange. */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        family.clear();
        if (!parent.isEmpty()) {
            family.adopt(NodeId.parse(parent));
            goesOnBelow(NodeId.parse(parent));
        }
        children.forEach(child -> family.bear(new Vitals(NodeId.parse(child), 1, 0)));
        resume();
        route();
    }

    @Override
    public JsonObject status() {
        JsonObject status = super.status();
        status.addProperty("repairs", repairs);
        return status;
    }
}
