package dev.holdfast.it.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one client says to PostgreSQL, read as the messages of the frontend protocol, version 3 (PostgreSQL's manual, "Message
 * Formats"), wherever the network may have cut them. Tells of each execution of a statement. Not for TLS. Safe for use by one
 * thread.
 */
final class FrontendMessages implements TcpProxy.Tap {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_ENCRYPTION_REQUEST = 80877104;

    /** All of the messages that name statements, SQL texts apart, fits in here; of the others nothing is wanted. */
    private static final int KEPT_BYTES = 64 * 1024;

    private static final int HEAD_BYTES = 5;
    private static final int STARTUP_HEAD_BYTES = 4;

    private final BiConsumer<String, Boolean> executed;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Prepared> portals = new HashMap<>();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean started;
    private long bodyLeft = -1;

    private static final class Prepared {
        final String sql;
        boolean fresh = true;

        Prepared(String sql) {
            this.sql = sql;
        }
    }

    /** @param executed gets the SQL, and whether its text was sent for this execution */
    FrontendMessages(BiConsumer<String, Boolean> executed) {
        this.executed = executed;
    }

    @Override
    public void sent(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (bodyLeft < 0) {
                head.write(bytes[at++]);
                if (head.size() == (started ? HEAD_BYTES : STARTUP_HEAD_BYTES)) {
                    bodyLeft = ByteBuffer.wrap(head.toByteArray()).getInt(started ? 1 : 0) - 4L;
                }
            } else {
                int taken = (int) Math.min(bodyLeft, length - at);
                body.write(bytes, at, Math.min(taken, KEPT_BYTES - body.size()));
                at += taken;
                bodyLeft -= taken;
            }
            if (bodyLeft == 0) {
                message();
                head.reset();
                body.reset();
                bodyLeft = -1;
            }
        }
    }

    private void message() {
        ByteBuffer content = ByteBuffer.wrap(body.toByteArray());
        if (!started) {
            int code = content.getInt();
            started = code != SSL_REQUEST && code != GSS_ENCRYPTION_REQUEST;
            return;
        }
        switch (head.toByteArray()[0]) {
            case 'Q' -> executed.accept(text(content), true);
            case 'P' -> {
                String name = text(content);
                statements.put(name, new Prepared(text(content)));
            }
            case 'B' -> {
                String portal = text(content);
                portals.put(portal, named(statements, text(content)));
            }
            case 'E' -> {
                Prepared run = named(portals, text(content));
                executed.accept(run.sql, run.fresh);
                run.fresh = false;
            }
            case 'C' -> (content.get() == 'S' ? statements : portals).remove(text(content));
            default -> {
                // says nothing about statements
            }
        }
    }

    private static Prepared named(Map<String, Prepared> known, String name) {
        Prepared prepared = known.get(name);
        if (prepared == null) {
            throw new IllegalStateException("the client names \"" + name + "\", which it has not made");
        }
        return prepared;
    }

    private static String text(ByteBuffer content) {
        int start = content.position();
        while (content.get() != 0) {
            // until the zero byte that ends a text
        }
        return StandardCharsets.UTF_8
                .decode(content.duplicate().position(start).limit(content.position() - 1))
                .toString();
    }
}
