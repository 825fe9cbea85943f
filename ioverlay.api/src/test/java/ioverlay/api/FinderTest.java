package ioverlay.api;

import static ioverlay.api.BasicAlgorithmTest.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinderTest {
    private static final int MOST_STEPS = 100_000;

    /** A node of a small overlay in the test's own memory. */
    private static final class Member extends BasicAlgorithm {
        private final boolean isInSession;
        final List<Message> found = new ArrayList<>();
        final List<Message> asked = new ArrayList<>();

        Member(boolean isInSession) {
            this.isInSession = isInSession;
        }

        @Override
        protected boolean inSession() {
            return isInSession;
        }

        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.FOUND) {
                found.add(message);
            } else {
                asked.add(message);
                super.process(message);
            }
            return Disposition.DONE;
        }
    }

    private final Map<NodeId, Member> members = new HashMap<>();
    private final Map<NodeId, FakePlace> places = new HashMap<>();

    private Member add(int port, boolean isInSession, int... knownPorts) {
        Member member = new Member(isInSession);
        FakePlace place = new FakePlace(node(port));
        member.begin(place);
        for (int known : knownPorts) {
            member.know(node(known));
        }
        members.put(node(port), member);
        places.put(node(port), place);
        return member;
    }

    /** Passes on what was sent until nothing is under way. */
    private void settle() {
        Deque<Runnable> underWay = new ArrayDeque<>();
        int steps = 0;
        do {
            places.forEach((from, place) -> {
                place.sent.forEach(sent -> sent.destinations()
                        .forEach(to -> underWay.add(() -> members.get(to).process(arrived(sent.message(), from)))));
                place.sent.clear();
            });
            if (!underWay.isEmpty()) {
                underWay.removeFirst().run();
            }
            assertThat(++steps).as("steps until all is quiet").isLessThan(MOST_STEPS);
        } while (!underWay.isEmpty() || places.values().stream().anyMatch(place -> !place.sent.isEmpty()));
    }

    private static Message arrived(Message message, NodeId from) {
        byte[] payload = new byte[message.payloadSize()];
        message.payload().get(payload);
        return new BuiltMessage(message.header(), payload, from, List.of());
    }

    @Test
    void a_neighbour_in_the_session_answers_with_the_requests_id() {
        Member asker = add(1, false, 2);
        add(2, true);
        int id = asker.find();
        settle();
        assertThat(asker.found).hasSize(1);
        assertThat(asker.found.getFirst().param1()).isEqualTo(id);
        assertThat(asker.found.getFirst().from()).isEqualTo(node(2));
    }

    @Test
    void the_question_is_relayed_and_answered_straight_to_the_asker() {
        Member asker = add(1, false, 2);
        add(2, false, 3);
        add(3, false, 4);
        add(4, true);
        asker.find();
        settle();
        assertThat(asker.found).extracting(Message::from).containsExactly(node(4));
    }

    @Test
    void nodes_that_know_each_other_in_a_circle_ask_once_each() {
        Member asker = add(1, false, 2, 3, 4);
        List<Member> others = List.of(add(2, false, 1, 3, 4), add(3, false, 1, 2, 4), add(4, false, 1, 2, 3));
        asker.find();
        settle();
        assertThat(asker.found).isEmpty();
        assertThat(asker.asked).isEmpty();
        assertThat(others).allSatisfy(member -> assertThat(member.asked).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void a_large_random_overlay_comes_to_rest_and_finds_the_one() {
        Random random = new Random(1);
        Member asker = add(1, false, 2, 3, 4);
        for (int port = 2; port <= 100; port++) {
            add(port, port == 100, 1 + random.nextInt(100), 1 + random.nextInt(100), port == 99 ? 100 : port + 1);
        }
        asker.find();
        settle();
        assertThat(asker.found).isNotEmpty();
    }

    @Test
    void the_question_travels_sixteen_links_and_no_further() {
        Member asker = add(1, false, 2);
        for (int port = 2; port <= 20; port++) {
            add(port, false, port + 1);
        }
        add(21, true);
        asker.find();
        settle();
        assertThat(members.get(node(1 + BasicAlgorithm.MAX_FIND_HOPS)).asked).hasSize(1);
        assertThat(members.get(node(2 + BasicAlgorithm.MAX_FIND_HOPS)).asked).isEmpty();
    }

    @Test
    void more_hops_than_allowed_are_cut_down() {
        add(1, false, 3);
        Message find = Message.builder(node(2), MessageType.FIND)
                .params(1, Integer.MAX_VALUE)
                .payload(List.of(node(2)))
                .build();
        members.get(node(1)).process(find);
        assertThat(places.get(node(1)).lastSent().param2()).isEqualTo(BasicAlgorithm.MAX_FIND_HOPS);
    }

    @Test
    void what_the_asker_added_is_relayed_too() {
        add(1, false, 3);
        Message find = Message.builder(node(2), MessageType.FIND)
                .params(1, 5)
                .payload(List.of(node(2), node(7)))
                .build();
        members.get(node(1)).process(find);
        assertThat(Payloads.nodes(places.get(node(1)).lastSent())).containsExactly(node(2), node(7));
    }

    @Test
    void a_question_repeated_without_end_is_relayed_once_however_many_came_between() {
        add(1, false, 3);
        for (int id = 0; id < 256; id++) {
            ask(id);
        }
        int relayed = places.get(node(1)).sent.size();
        for (int again = 0; again < 10; again++) {
            ask(0);
        }
        assertThat(places.get(node(1)).sent).hasSize(relayed);
    }

    private void ask(int id) {
        members.get(node(1))
                .process(Message.builder(node(2), MessageType.FIND)
                        .params(id, 5)
                        .payload(List.of(node(2)))
                        .build());
    }
}
