package dev.holdfast.breakage;

import static dev.holdfast.breakage.Code.call;
import static dev.holdfast.breakage.Code.emptyOptional;
import static dev.holdfast.breakage.Code.field;
import static dev.holdfast.breakage.Code.ifTrue;
import static dev.holdfast.breakage.Code.local;
import static dev.holdfast.breakage.Code.op;
import static dev.holdfast.breakage.Code.returnNothing;
import static net.bytebuddy.jar.asm.Opcodes.POP;

import java.util.List;

/** Breaks what makes changes durable before they are visible. */
final class VisibilityEdits {
    private static final String BARRIER = "tomcat.CommitBarrier";
    private static final String RESPONSE = "org.apache.catalina.connector.Response";
    private static final String COYOTE_RESPONSE = "org.apache.coyote.Response";

    private VisibilityEdits() {}

    static List<ClassEdit> saveAfterResponse() {
        Code save = local(0).then(call(BARRIER, "void", "save"));
        return List.of(ClassEdit.of(
                BARRIER,
                MethodEdit.call(MethodEdit.in("beforeCommit"), BARRIER, "saveUnlessSettled", op(POP)),
                MethodEdit.call(MethodEdit.in("close"), BARRIER, "saveUnlessSettled", op(POP)),
                MethodEdit.call(MethodEdit.in("leavePipeline"), BARRIER, "saveUnlessSettled", op(POP)),
                MethodEdit.head(MethodEdit.method("end"), save)));
    }

    static List<ClassEdit> changesAfterCommitDropped() {
        Code committed = local(0).then(field(BARRIER, "response", RESPONSE))
                .then(call(RESPONSE, COYOTE_RESPONSE, "getCoyoteResponse"))
                .then(call(COYOTE_RESPONSE, "boolean", "isCommitted"));
        return List.of(ClassEdit.of(
                BARRIER, MethodEdit.head(MethodEdit.method("save"), committed.then(ifTrue(returnNothing())))));
    }

    static List<ClassEdit> failedSaveAnswered() {
        return List.of(ClassEdit.of(
                BARRIER,
                MethodEdit.call(
                        MethodEdit.in("beforeCommit", "close", "leavePipeline"),
                        "session.RequestScope",
                        "failure",
                        op(POP).then(emptyOptional()))));
    }
}
