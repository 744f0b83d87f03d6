package dev.holdfast.breakage;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Rewrites one class of the product, and fails where it does not find all that it is to change. Immutable. */
final class ClassEdit {
    private final String className;
    private final List<MethodEdit> edits;
    private final List<Addition> additions;

    /** A static method of our own, for what {@link Code} put into a method of the product cannot do in a straight line. */
    private record Addition(String name, String descriptor, Code body) {}

    private ClassEdit(String className, List<MethodEdit> edits, List<Addition> additions) {
        this.className = className;
        this.edits = edits;
        this.additions = additions;
    }

    /** @param name the room and the class, as in {@code store.Sql} */
    static ClassEdit of(String name, MethodEdit... edits) {
        return new ClassEdit(Code.Names.binary(name), List.of(edits), List.of());
    }

    ClassEdit adding(Code body, String returned, String name, String... parameters) {
        List<Addition> more = new ArrayList<>(additions);
        more.add(new Addition(name, Code.Names.descriptor(returned, parameters), body));
        return new ClassEdit(className, edits, more);
    }

    String className() {
        return className;
    }

    /** @throws OutdatedBreakageException if something is not there any more */
    byte[] applyTo(byte[] classFile) {
        byte[] result = classFile;
        // One after the other, so that several may concern the same method.
        for (MethodEdit edit : edits) {
            result = rewrite(result, edit);
        }
        return additions.isEmpty() ? result : extend(result);
    }

    private byte[] rewrite(byte[] classFile, MethodEdit edit) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        int[] found = new int[1];
        reader.accept(
                new ClassVisitor(MethodEdit.API, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
                        return hasCode && edit.where().covers(name, descriptor)
                                ? edit.change().in(method, () -> found[0]++)
                                : method;
                    }
                },
                0);
        if (found[0] == 0 || (edit.once() && found[0] > 1)) {
            throw new OutdatedBreakageException(
                    edit.what() + " " + edit.where() + " of " + className + ": found " + found[0] + " times");
        }
        return writer.toByteArray();
    }

    private byte[] extend(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(writer, 0);
        for (Addition addition : additions) {
            MethodVisitor method = writer.visitMethod(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                    addition.name(),
                    addition.descriptor(),
                    null,
                    null);
            method.visitCode();
            addition.body().writeTo(method);
            method.visitMaxs(0, 0);
            method.visitEnd();
        }
        return writer.toByteArray();
    }
}
