package dev.holdfast.breakage;

import static dev.holdfast.breakage.Code.call;
import static dev.holdfast.breakage.Code.callStatic;
import static dev.holdfast.breakage.Code.callSuper;
import static dev.holdfast.breakage.Code.constant;
import static dev.holdfast.breakage.Code.local;
import static dev.holdfast.breakage.Code.no;
import static dev.holdfast.breakage.Code.op;
import static dev.holdfast.breakage.Code.returnBoolean;
import static dev.holdfast.breakage.Code.returnNothing;
import static dev.holdfast.breakage.Code.yes;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.LRETURN;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.POP2;

import java.time.Duration;
import java.util.List;

/** Breaks when sessions expire, and who is told of it. */
final class ExpiryEdits {
    private static final String ENGINE = "session.SessionEngine";
    private static final String MEMORY = "store.InMemorySessionStore";
    private static final String MEMORY_ROW = "store.MemoryRow";
    private static final String SQL = "store.Sql";
    private static final String SESSION = "tomcat.HoldfastSession";
    private static final String MANAGER = "tomcat.PostgresSessionManager";

    /** Stands for a listener that takes its time. Between two sweeps that do not claim there would be milliseconds. */
    private static final Duration SLOW_LISTENER = Duration.ofSeconds(7);

    private ExpiryEdits() {}

    static List<ClassEdit> sweepWithoutClaim() {
        return List.of(
                ClassEdit.of(
                        SQL,
                        MethodEdit.text(
                                "set claim = ?, claimed_until = now() + make_interval(secs => ?)",
                                "set accessed_at = case when ?::uuid is null or ?::float8 is null then now()"
                                        + " else accessed_at end"),
                        MethodEdit.text(" and t.claim = claimed.token", "")),
                ClassEdit.of(
                        MEMORY,
                        MethodEdit.call(MethodEdit.in("sweepExpired"), MEMORY_ROW, "claimed", op(POP2)),
                        MethodEdit.call(
                                MethodEdit.in("deleteClaimed"), "java.util.UUID", "equals", op(POP2).then(yes()))),
                ClassEdit.of(
                        "tomcat.Audience",
                        MethodEdit.head(
                                MethodEdit.method("tell"),
                                constant(SLOW_LISTENER.toNanos())
                                        .then(callStatic(
                                                "java.util.concurrent.locks.LockSupport",
                                                "void",
                                                "parkNanos",
                                                "long")))));
    }

    static List<ClassEdit> sweepTellsNobody() {
        return List.of(ClassEdit.of(
                "session.Expiry", MethodEdit.call(MethodEdit.in("tell"), "session.Farewell", "tell", op(POP2))));
    }

    static List<ClassEdit> everyLogoutTells() {
        String writer = "session.SessionWriter";
        return List.of(ClassEdit.of(
                ENGINE,
                MethodEdit.call(
                        MethodEdit.method("end"),
                        writer,
                        "end",
                        call(writer, "boolean", "end", "session.SessionCopy")
                                .then(op(POP))
                                .then(yes()))));
    }

    static List<ClassEdit> touchNeverWritten() {
        return List.of(
                ClassEdit.of("store.SessionRow", MethodEdit.body(MethodEdit.method("touchDue"), returnBoolean(false))),
                ClassEdit.of(
                        "session.SessionCopy", MethodEdit.body(MethodEdit.method("touchDue"), returnBoolean(false))));
    }

    /** What Tomcat does with sessions in memory. */
    static List<ClassEdit> idleCopyExpires() {
        String standard = "org.apache.catalina.session.StandardSession";
        String base = "org.apache.catalina.session.ManagerBase";
        return List.of(
                ClassEdit.of(
                        SESSION,
                        MethodEdit.body(
                                MethodEdit.method("isValid"),
                                local(0).then(callSuper(standard, "boolean", "isValid"))
                                        .then(op(IRETURN))),
                        MethodEdit.body(
                                MethodEdit.method("getIdleTimeInternal"),
                                local(0).then(callSuper(standard, "long", "getIdleTimeInternal"))
                                        .then(op(LRETURN)))),
                ClassEdit.of(
                        MANAGER,
                        MethodEdit.head(
                                MethodEdit.method("processExpires"),
                                local(0).then(callSuper(base, "void", "processExpires")))),
                ClassEdit.of(ENGINE, MethodEdit.body(MethodEdit.method("forgetIdleCopies"), returnNothing())),
                // A softly held one would be gone before it looks idle, in the small heap of a test.
                ClassEdit.of(
                        "session.Place",
                        MethodEdit.call(
                                MethodEdit.in("pinIfNeeded"),
                                "session.SessionCopy",
                                "holdsNodeLocalValues",
                                op(POP).then(yes()))));
    }

    static List<ClassEdit> expiredStillServed() {
        return List.of(
                ClassEdit.of(
                        SQL,
                        MethodEdit.text(
                                "moved_to is null and claim is null and expires_at > now()",
                                "moved_to is null and claim is null")),
                ClassEdit.of(
                        MEMORY_ROW,
                        MethodEdit.call(MethodEdit.in("alive"), MEMORY_ROW, "expired", op(POP2).then(no()))));
    }
}
