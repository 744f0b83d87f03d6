package dev.holdfast.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.ActionCode;
import org.apache.coyote.OutputBuffer;
import org.apache.coyote.Response;

/** The way of a response's body to the connector: open once the header has passed the barrier, shut when its answer is out. */
final class BodyGate implements OutputBuffer {
    private final CommitBarrier barrier;
    private final Response response;
    private final OutputBuffer next;

    BodyGate(CommitBarrier barrier, Response response, OutputBuffer next) {
        this.barrier = barrier;
        this.response = response;
        this.next = next;
    }

    /**
     * Passes a chunk on.
     *
     * @throws IOException also where the answer is out already and the application goes on writing; what Tomcat itself still
     *     writes is dropped without a word
     */
    @Override
    public int doWrite(ByteBuffer chunk) throws IOException {
        if (!response.isCommitted()) {
            // HTTP/1.1 and HTTP/2 would say so themselves; AJP just sends the header.
            response.action(ActionCode.COMMIT, null);
        }
        if (!barrier.isOver()) {
            return next.doWrite(chunk);
        }
        if (barrier.isApplicationRunning()) {
            throw new IOException("the response is over: the session could not be saved");
        }
        int dropped = chunk.remaining();
        chunk.position(chunk.limit());
        return dropped;
    }

    @Override
    public long getBytesWritten() {
        return next.getBytesWritten();
    }
}
