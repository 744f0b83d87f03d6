package dev.holdfast.breakage;

import static dev.holdfast.breakage.Code.call;
import static dev.holdfast.breakage.Code.callStatic;
import static dev.holdfast.breakage.Code.local;
import static dev.holdfast.breakage.Code.no;
import static dev.holdfast.breakage.Code.op;
import static dev.holdfast.breakage.Code.returnBoolean;
import static dev.holdfast.breakage.Code.returnReference;
import static net.bytebuddy.jar.asm.Opcodes.POP;
import static net.bytebuddy.jar.asm.Opcodes.POP2;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** Breaks how changes are found, merged and saved. */
final class ChangeEdits {
    private static final String WRITER = "session.SessionWriter";
    private static final String COPY = "session.SessionCopy";
    private static final String IMAGE = "session.RowImage";
    private static final String ROW = "store.SessionRow";
    private static final String COLLECTION = "java.util.Collection";

    private ChangeEdits() {}

    static List<ClassEdit> noMerge() {
        Code keepOwnPicture = local(1).then(local(1))
                .then(call(COPY, IMAGE, "image"))
                .then(local(2))
                .then(call(ROW, "long", "revision"))
                .then(call(COPY, "void", "refresh", IMAGE, "long"))
                .then(returnBoolean(true));
        return List.of(
                ClassEdit.of(
                                WRITER,
                                MethodEdit.call(
                                        MethodEdit.in("recovered"),
                                        WRITER,
                                        "takeOver",
                                        callStatic(WRITER, "boolean", "overwrite", WRITER, COPY, ROW)))
                        .adding(keepOwnPicture, "boolean", "overwrite", WRITER, COPY, ROW),
                wholeSaves());
    }

    /** Each save writes the whole session. That alone is no violation, but a delta would not fit another's base. */
    static ClassEdit wholeSaves() {
        return ClassEdit.of(IMAGE, MethodEdit.body(MethodEdit.method("foldDue"), returnBoolean(true)));
    }

    static List<ClassEdit> conflictGivenUp() {
        return List.of(ClassEdit.of(
                WRITER,
                MethodEdit.call(
                        MethodEdit.in("recovered"),
                        WRITER,
                        "takeOver",
                        op(POP2, POP).then(no()))));
    }

    static List<ClassEdit> revisionIgnored() {
        return List.of(
                ClassEdit.of(
                        "store.Sql",
                        MethodEdit.text(
                                "{more}\n where id_hash = ? and revision = ? and",
                                "{more}\n where id_hash = ? and ?::bigint is not null and")),
                ClassEdit.of("store.SharedSaves", MethodEdit.body(MethodEdit.method("isSmall"), returnBoolean(false))),
                ClassEdit.of(
                        "store.InMemorySessionStore",
                        MethodEdit.body(MethodEdit.lambdaOf("save"), returnBoolean(true))));
    }

    static List<ClassEdit> ownCopyTrusted() {
        // A copy in the state of which the database knows nothing yet is the only one that is not asked for there.
        return List.of(ClassEdit.of(
                "session.SessionFinder",
                MethodEdit.constant(MethodEdit.in("secondLook"), "session.SessionCopy$Life", "NEW", "STORED")));
    }

    static List<ClassEdit> tornSave() {
        Code allButTheLast = local(0).then(Code.callInterface("java.util.Map", COLLECTION, "values"))
                .then(Code.callInterface(COLLECTION, "java.util.stream.Stream", "stream"))
                .then(local(0))
                .then(Code.callInterface("java.util.Map", "int", "size"))
                .then(op(Opcodes.ICONST_1, Opcodes.ISUB, Opcodes.ICONST_1))
                .then(callStatic("java.lang.Math", "int", "max", "int", "int"))
                .then(op(Opcodes.I2L))
                .then(Code.callInterface("java.util.stream.Stream", "java.util.stream.Stream", "limit", "long"))
                .then(Code.callInterface("java.util.stream.Stream", "java.util.List", "toList"))
                .then(returnReference());
        return List.of(ClassEdit.of(
                        WRITER,
                        MethodEdit.call(
                                MethodEdit.in("checked"),
                                "java.util.Map",
                                "values",
                                callStatic(WRITER, COLLECTION, "allButTheLast", "java.util.Map")))
                .adding(allButTheLast, COLLECTION, "allButTheLast", "java.util.Map"));
    }

    static List<ClassEdit> readerWrites() {
        return List.of(ClassEdit.of(
                "session.ChangeFinder",
                MethodEdit.call(MethodEdit.in("intact"), "java.util.List", "contains", op(POP2).then(no()))));
    }

    static List<ClassEdit> inPlaceUnseen() {
        return List.of(
                ClassEdit.of(COPY, MethodEdit.call(MethodEdit.in("get"), "session.SessionUse", "touch", op(POP2))));
    }
}
