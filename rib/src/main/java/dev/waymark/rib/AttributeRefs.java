package dev.waymark.rib;

/**
 * Plain reference counts of interned attribute sets. A set whose count falls to zero stays valid until the end of the
 * turn, so a table may release before someone else retains. Called on the engine loop.
 */
public interface AttributeRefs {
    /**
     * Adds one reference.
     *
     * @param attributes an attribute id, above 0
     */
    void retain(int attributes);

    /**
     * Takes one reference away.
     *
     * @param attributes an attribute id, above 0
     */
    void release(int attributes);
}
