package ioverlay.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that {@link BasicAlgorithm} carries over a swap: written by {@code save} and read by {@code restore}
 * through Gson, under the field's name. A {@code byte[]} becomes an attachment. A field that the older state does not
 * have keeps its value; what the state has and the class has not is dropped.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Carried {}
