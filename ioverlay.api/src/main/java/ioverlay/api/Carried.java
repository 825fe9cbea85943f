package ioverlay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that {@link BasicAlgorithm} carries over a swap: written by {@code save} and read by {@code restore}
 * through Gson, under the field's name. A {@code byte[]} becomes an attachment. A field that the older state does not
 * have keeps its value; what the state has and the class has not is dropped.
 *
 * <p>Besides what Gson can do by itself: {@link NodeId}, {@link java.util.Optional}, numbers that are infinite or none,
 * maps with any keys, and sorted collections, which keep the comparator that the field's value has when its class is
 * instantiated. The type of a field says what is read, so it is not {@code Object}, nor an interface of the author's.
 *
 * <p>A carried field is neither static nor final, and no two of a class and its superclasses have the same name;
 * otherwise {@code save} and {@code restore} throw {@link IllegalStateException}. A value that the field's type cannot
 * hold, a constant for instance that its enum does not have, vetoes the swap with an {@link IllegalArgumentException}
 * that names both; all fields then stay as they were.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Carried {}
