package dev.holdfast.breakage;

import static dev.holdfast.breakage.Code.call;
import static dev.holdfast.breakage.Code.callInterface;
import static dev.holdfast.breakage.Code.callStatic;
import static dev.holdfast.breakage.Code.constant;
import static dev.holdfast.breakage.Code.emptyOptional;
import static dev.holdfast.breakage.Code.field;
import static dev.holdfast.breakage.Code.ifTrue;
import static dev.holdfast.breakage.Code.instance;
import static dev.holdfast.breakage.Code.local;
import static dev.holdfast.breakage.Code.op;
import static dev.holdfast.breakage.Code.orIfItFails;
import static dev.holdfast.breakage.Code.returnReference;
import static dev.holdfast.breakage.Code.yes;
import static net.bytebuddy.jar.asm.Opcodes.POP2;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** Breaks that what is gone stays gone, and that what cannot be asked is not taken for gone. */
final class EndEdits {
    private static final String ROW_WRITER = "store.RowWriter";
    private static final String WRITES = "session.SettledWrites";
    private static final String ENGINE = "session.SessionEngine";
    private static final String COPY = "session.SessionCopy";
    private static final String STORE = "store.SessionStore";
    private static final String MEMORY = "store.InMemorySessionStore";
    private static final String RESULT = "store.SaveResult";
    private static final String NEW_SESSION = "store.NewSession";
    private static final String CHANGE = "store.SessionChange";
    private static final String ID = "store.IdHash";
    private static final String CONNECTION = "java.sql.Connection";
    private static final String UNAVAILABLE = "store.StoreUnavailableException";
    private static final String OPTIONAL = "java.util.Optional";
    private static final int TIMEOUT_SECONDS = 1_800;

    private EndEdits() {}

    static List<ClassEdit> upsert() {
        Code whyNot = local(0).then(local(1)).then(local(2)).then(call(ROW_WRITER, RESULT, "whyNot", CONNECTION, ID));
        Code insert = local(0).then(local(1))
                .then(sessionOf(2, 3))
                .then(call(ROW_WRITER, "store.CreateResult", "create", CONNECTION, NEW_SESSION))
                .then(op(Opcodes.POP))
                .then(instance("store.SaveResult$Saved"))
                .then(returnReference());
        Code orInsert = whyNot.then(Code.isA("store.SaveResult$Gone"))
                .then(ifTrue(insert))
                .then(whyNot)
                .then(returnReference());

        Code memoryWhyNot =
                local(0).then(local(1)).then(local(2)).then(call(MEMORY, RESULT, "whyNot", ID, "java.time.Instant"));
        Code memoryInsert = local(0).then(sessionOf(1, 3))
                .then(call(MEMORY, "store.CreateResult", "create", NEW_SESSION))
                .then(op(Opcodes.POP))
                .then(instance("store.SaveResult$Saved"))
                .then(returnReference());
        Code orInsertInMemory = memoryWhyNot
                .then(Code.isA("store.SaveResult$Gone"))
                .then(ifTrue(memoryInsert))
                .then(memoryWhyNot)
                .then(returnReference());

        String[] parameters = {ROW_WRITER, CONNECTION, ID, CHANGE};
        String[] inMemory = {MEMORY, ID, "java.time.Instant", CHANGE};
        // The change is the last parameter of save, behind the expected revision, which takes two places.
        Code change = local(5);
        Code changeInMemory = local(4);
        return List.of(
                ClassEdit.of(
                                ROW_WRITER,
                                MethodEdit.call(
                                        MethodEdit.in("save"),
                                        ROW_WRITER,
                                        "whyNot",
                                        change.then(callStatic(ROW_WRITER, RESULT, "orInsert", parameters))))
                        .adding(orInsert, RESULT, "orInsert", parameters),
                ClassEdit.of(
                                MEMORY,
                                MethodEdit.call(
                                        MethodEdit.in("save"),
                                        MEMORY,
                                        "whyNot",
                                        changeInMemory.then(callStatic(MEMORY, RESULT, "orInsert", inMemory))))
                        .adding(orInsertInMemory, RESULT, "orInsert", inMemory),
                ChangeEdits.wholeSaves());
    }

    /** A new session of the id and the change in these variables. */
    private static Code sessionOf(int id, int change) {
        return method -> {
            method.visitTypeInsn(Opcodes.NEW, Code.Names.internal(NEW_SESSION));
            method.visitInsn(Opcodes.DUP);
            local(id)
                    .then(local(change))
                    .then(call(CHANGE, "long", "newRevision"))
                    .then(constant(TIMEOUT_SECONDS))
                    .then(local(change))
                    .writeTo(method);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Code.Names.internal(CHANGE), "base", "()[B", false);
            method.visitMethodInsn(
                    Opcodes.INVOKESPECIAL,
                    Code.Names.internal(NEW_SESSION),
                    "<init>",
                    "(L" + Code.Names.internal(ID) + ";JI[B)V",
                    false);
        };
    }

    static List<ClassEdit> logoutStaysHere() {
        return List.of(
                ClassEdit.of(WRITES, MethodEdit.call(MethodEdit.in("delete"), STORE, "delete", op(POP2).then(yes()))));
    }

    static List<ClassEdit> lostAnswerRetried() {
        Code send = local(0).then(field(WRITES, "store", STORE))
                .then(local(1))
                .then(call(COPY, ID, "key"))
                .then(local(1))
                .then(call(COPY, "long", "revision"))
                .then(local(2))
                .then(callInterface(STORE, RESULT, "save", ID, "long", CHANGE))
                .then(returnReference());
        return List.of(ClassEdit.of(
                WRITES,
                MethodEdit.body(MethodEdit.method("SaveResult", "save"), orIfItFails(send, UNAVAILABLE, send))));
    }

    static List<ClassEdit> outageIsAbsence() {
        String[] parameters = {ENGINE, "java.lang.String", "session.RequestScope"};
        Code look = local(0).then(local(1))
                .then(local(2))
                .then(call(ENGINE, OPTIONAL, "look", "java.lang.String", "session.RequestScope"))
                .then(returnReference());
        return List.of(ClassEdit.of(
                        ENGINE,
                        MethodEdit.call(
                                MethodEdit.in("find"),
                                ENGINE,
                                "look",
                                callStatic(ENGINE, OPTIONAL, "lookOrTakeForAbsent", parameters)))
                .adding(
                        orIfItFails(look, UNAVAILABLE, emptyOptional().then(returnReference())),
                        OPTIONAL,
                        "lookOrTakeForAbsent",
                        parameters));
    }
}
