package ioverlay.api.container;

/**
 * A slot's new occupant.
 *
 * @param node name, or id as text
 * @param application the slot
 * @param algorithm name; another one than now is allowed
 * @param versions an OSGi version range; the highest that matches is taken
 */
public record SwapRequest(String node, int application, String algorithm, String versions) {}
