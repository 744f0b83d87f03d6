package dev.holdfast.breakage;

import static dev.holdfast.breakage.Code.call;
import static dev.holdfast.breakage.Code.callInterface;
import static dev.holdfast.breakage.Code.callStatic;
import static dev.holdfast.breakage.Code.emptyOptional;
import static dev.holdfast.breakage.Code.field;
import static dev.holdfast.breakage.Code.instance;
import static dev.holdfast.breakage.Code.local;
import static dev.holdfast.breakage.Code.op;
import static dev.holdfast.breakage.Code.returnBoolean;
import static dev.holdfast.breakage.Code.returnReference;
import static dev.holdfast.breakage.Code.yes;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.POP2;
import static net.bytebuddy.jar.asm.Opcodes.SWAP;

import java.util.List;

/** Breaks what happens when a session gets another id. */
final class RotationEdits {
    private static final String WRITER = "session.SessionWriter";
    private static final String WRITES = "session.SettledWrites";
    private static final String COPY = "session.SessionCopy";
    private static final String ENGINE = "session.SessionEngine";
    private static final String STORE = "store.SessionStore";
    private static final String MEMORY = "store.InMemorySessionStore";
    private static final String SQL = "store.Sql";
    private static final String ID = "store.IdHash";
    private static final String OPTIONAL = "java.util.Optional";

    private RotationEdits() {}

    static List<ClassEdit> oldIdLivesOn() {
        return List.of(
                ClassEdit.of(
                        SQL,
                        MethodEdit.text(
                                "set revision = ?, moved_to = ?, base = null, delta = null,\n"
                                        + "       expires_at = now() + make_interval(secs => ?)",
                                "set accessed_at = case when ?::bigint is null or ?::bytea is null or ?::float8 is null"
                                        + " then now() else accessed_at end")),
                ClassEdit.of(MEMORY, MethodEdit.call(MethodEdit.in("cycle"), "store.MemoryRow", "buried", op(POP2))));
    }

    static List<ClassEdit> tombstoneNotFollowed() {
        Code lost = local(0).then(field(WRITER, "engine", ENGINE))
                .then(local(1))
                .then(call(ENGINE, "void", "lost", COPY))
                .then(returnBoolean(false));
        return List.of(ClassEdit.of(WRITER, MethodEdit.body(MethodEdit.method("boolean", "follow"), lost)));
    }

    static List<ClassEdit> logoutStopsAtTombstone() {
        return List.of(
                ClassEdit.of(
                        "store.RowWriter",
                        MethodEdit.call(
                                MethodEdit.in("following"),
                                "store.Rows",
                                "movedTo",
                                op(POP2, POP).then(emptyOptional()))),
                ClassEdit.of(
                        MEMORY,
                        MethodEdit.call(MethodEdit.in("delete"), MEMORY, "whereItWent", op(SWAP, POP)),
                        MethodEdit.call(MethodEdit.in("touch"), MEMORY, "whereItWent", op(SWAP, POP))));
    }

    static List<ClassEdit> inTwoSteps() {
        Code store = local(0).then(field(WRITES, "store", STORE));
        Code twoSteps = store.then(local(2))
                .then(callInterface(STORE, "store.CreateResult", "create", "store.NewSession"))
                .then(op(POP))
                .then(store)
                .then(local(1))
                .then(call(COPY, ID, "key"))
                .then(callInterface(STORE, "boolean", "delete", ID))
                .then(op(POP))
                .then(instance("store.SaveResult$Saved"))
                .then(returnReference());
        return List.of(ClassEdit.of(WRITES, MethodEdit.body(MethodEdit.method("cycle"), twoSteps)));
    }

    static List<ClassEdit> notExclusive() {
        Code whateverItIs = local(0).then(field(MEMORY, "rows", "java.util.NavigableMap"))
                .then(local(1))
                .then(callInterface("java.util.NavigableMap", "java.lang.Object", "get", "java.lang.Object"))
                .then(callStatic(OPTIONAL, OPTIONAL, "ofNullable", "java.lang.Object"))
                .then(returnReference());
        String[] parameters = {MEMORY, ID, "java.time.Instant"};
        return List.of(
                ClassEdit.of(
                        SQL,
                        MethodEdit.text(
                                "where id_hash = ? and revision = ? and {alive}\nreturning created_at",
                                "where id_hash = ? and ?::bigint is not null\nreturning created_at")),
                ClassEdit.of(
                                MEMORY,
                                MethodEdit.body(MethodEdit.lambdaOf("cycle"), returnBoolean(true)),
                                MethodEdit.call(
                                        MethodEdit.in("cycle"),
                                        MEMORY,
                                        "alive",
                                        callStatic(MEMORY, OPTIONAL, "whateverItIs", parameters)))
                        .adding(whateverItIs, OPTIONAL, "whateverItIs", parameters));
    }

    static List<ClassEdit> loserAgain() {
        return List.of(
                ClassEdit.of(WRITER, MethodEdit.call(MethodEdit.in("rotate"), ID, "equals", op(POP2).then(yes()))));
    }
}
