package ioverlay.engine;

import ioverlay.api.Message;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a slot was like at the moment from which a {@link Tap} sees its calls.
 *
 * @param state a deep copy of what the occupant saved
 * @param writtenBy the occupant
 * @param random a copy of the slot's generator
 * @param held copies of the messages on hold, the oldest first
 */
public record Tapped(State state, WrittenBy writtenBy, RandomGenerator random, List<Message> held) {}
