package dev.holdfast.session;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet container keeps of a session beside its attributes: principal, authentication type, notes, time-out. The
 * engine stores these as entries of their own, finds out by itself which have changed, and hands over what came from another
 * node. One instance belongs to one {@link SessionCopy}.
 */
public interface ContainerState {
    /** The name of the property that holds the time-out: an {@code Integer} in seconds; zero or less: never expires. */
    String TIMEOUT = "timeout";

    /**
     * What is to be stored now, by name. A value that is not a plain immutable one must be the same object as long as nothing
     * has changed; absent means: not set.
     */
    Map<String, Object> properties();

    /**
     * The properties that this container stores, set or not. Any other in the row was stored by a newer version of it, and stays there
     * as it is.
     */
    Set<String> propertyNames();

    /** A property as another node left it; {@code null} where it is not set any more. */
    void restore(String name, @Nullable Object value);

    /** The moment of the last access on any node, in milliseconds since 1970 by the database's clock. */
    void accessedAt(long millis);

    /** An attribute has arrived on this node: the moment for activation listeners. */
    void attributeActivated(String name, Object value);

    /** The session now has this id: it was rotated here, or elsewhere while a request was running here. */
    void renamed(String sessionId);

    /** The session has ended elsewhere: it becomes invalid here too, and nobody is told. */
    void ended();
}
