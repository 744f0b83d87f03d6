package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.store.IdHash;

/** Told what an operator should read in the log. The engine itself never logs. */
public interface EngineListener {
    /** A row did not open. It is left as it is, and there is no session from it. */
    void notAuthentic(IdHash id, NotAuthenticException reason);

    /** A row or one of its entries is beyond this node's reading. Its bytes are kept. */
    void undecodable(IdHash id, UndecodableException reason);

    /** An attribute stays on this node, because it cannot be stored. */
    void notStored(IdHash id, Encoding.Refusal refusal);
}
