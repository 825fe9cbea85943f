/**
 * A fake engine for unit tests of algorithms: deterministic, in one thread, with a clock that the test moves. It needs no
 * container, no sockets and no assertion library.
 *
 * <pre>
 * NodeId b = NodeId.parse("127.0.0.1:7001");
 * NodeId c = NodeId.parse("127.0.0.1:7002");
 * TestNode node = TestNode.with(new Deal())
 *         .settings("{'next': ['127.0.0.1:7001', '127.0.0.1:7002']}")
 *         .version("my.algo.deal", "1.0.0")
 *         .start();
 *
 * node.receive(node.data(b, "hello"));                // a message comes from b
 * assertEquals("hello", node.sentTo(c).getFirst().text());
 *
 * node.advance(Duration.ofSeconds(10));               // timers fire
 * node.cutOff(c, "gone").receive(node.data(b, "x"));  // SEND_FAILED comes
 *
 * node.swapTo(new DealAgain(), "1.1.0");              // rehearsal, veto, final state
 * assertEquals(2, node.status().get("messages").getAsInt());
 * </pre>
 *
 * <p>What holds at a real node holds here: a call that throws has sent nothing; a message is gone when {@code process}
 * returned {@code DONE} and every view of a payload when its call ended, so that keeping one is found; {@code now} stands
 * still within a call; the same seed gives the same random numbers as at a real node. What is not here: threads, real
 * time, bandwidth, watching of calls that do not end, and probation.
 */
@NullMarked
package ioverlay.testkit;

import org.jspecify.annotations.NullMarked;
