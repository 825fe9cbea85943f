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
 * <p>A carried field is neither static nor final, and no two of a class and its superclasses have the same name;
 * otherwise {@code save} and {@code restore} throw {@link IllegalStateException}. A value that the field's type cannot
 * hold vetoes the swap with an {@link IllegalArgumentException} that names both.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Carried {}
