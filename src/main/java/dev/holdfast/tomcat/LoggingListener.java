package dev.holdfast.tomcat;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.session.EngineListener;
import dev.holdfast.store.IdHash;
import java.util.function.Supplier;
import org.apache.juli.logging.Log;

/** Writes what the engine reports to Tomcat's log, each line with the context's name. */
record LoggingListener(Log log, Supplier<String> prefix) implements EngineListener {
    @Override
    public void notAuthentic(IdHash id, NotAuthenticException reason) {
        log.error(prefix.get() + "the row of session " + id + " is refused: " + reason.getMessage()
                + " The row is left as it is for inspection; the user begins a new session.");
    }

    @Override
    public void undecodable(IdHash id, UndecodableException reason) {
        log.error(prefix.get() + "session " + id + " holds something that this node cannot read: " + reason.getMessage()
                + " It is kept as it is for nodes that can.");
    }

    @Override
    public void notStored(IdHash id, Encoding.Refusal refusal) {
        log.warn(prefix.get() + "an attribute of session " + id
                + " stays on this node and is lost when it stops, because it "
                + "cannot be stored: " + refusal.path() + ": " + refusal.reason()
                + ". Other nodes go on seeing what was stored last. This is said once.");
    }
}
