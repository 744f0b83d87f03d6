package dev.holdfast.breakage;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One change to the methods of a class.
 *
 * @param what for the message when it is not found
 * @param where the methods that it concerns
 * @param once whether exactly one place must be found, or at least one
 * @param change how a method is rewritten
 */
record MethodEdit(String what, Where where, boolean once, Change change) {
    static final int API = Opcodes.ASM9;

    /** Which methods, by name. */
    record Where(List<String> names, boolean themselves, boolean theirLambdas, @Nullable String returned) {
        boolean covers(String method, String descriptor) {
            String type = Type.getReturnType(descriptor).getClassName();
            return (names.isEmpty() || names.stream().anyMatch(name -> means(name, method)))
                    && (returned == null
                            || type.substring(type.lastIndexOf('.') + 1).equals(returned));
        }

        private boolean means(String name, String method) {
            return (themselves && name.equals(method)) || (theirLambdas && method.startsWith("lambda$" + name + "$"));
        }

        @Override
        public String toString() {
            return names.isEmpty() ? "anywhere" : "in " + String.join(", ", names);
        }
    }

    /** A rewriting of one method, which says each time that it has found its place. */
    interface Change {
        MethodVisitor in(MethodVisitor next, Runnable found);
    }

    static Where everywhere() {
        return new Where(List.of(), true, true, null);
    }

    /** In these methods, and in what javac has made of the lambdas in them. */
    static Where in(String... methods) {
        return new Where(List.of(methods), true, true, null);
    }

    static Where method(String name) {
        return new Where(List.of(name), true, false, null);
    }

    /** One of several methods of this name, by the simple name of what it returns. */
    static Where method(String returned, String name) {
        return new Where(List.of(name), true, false, returned);
    }

    /** The only lambda in this method. */
    static Where lambdaOf(String method) {
        return new Where(List.of(method), false, true, null);
    }

    /** Replaces a piece of the string constants. Any constant that contains it is concerned. */
    static MethodEdit text(String piece, String by) {
        return new MethodEdit(
                "the text \"" + piece + "\"", everywhere(), false, (next, found) -> new MethodVisitor(API, next) {
                    @Override
                    public void visitLdcInsn(Object value) {
                        if (value instanceof String text && text.contains(piece)) {
                            found.run();
                            super.visitLdcInsn(text.replace(piece, by));
                        } else {
                            super.visitLdcInsn(value);
                        }
                    }
                });
    }

    /** Replaces calls; the code finds the receiver and the arguments on the stack, and leaves what the call would. */
    static MethodEdit call(Where where, String owner, String method, Code by) {
        String internal = Code.Names.internal(owner);
        return new MethodEdit(
                "a call of " + owner + "." + method, where, false, (next, found) -> new MethodVisitor(API, next) {
                    @Override
                    public void visitMethodInsn(
                            int opcode, String of, String name, String descriptor, boolean onInterface) {
                        if (of.equals(internal) && name.equals(method)) {
                            found.run();
                            by.writeTo(mv);
                        } else {
                            super.visitMethodInsn(opcode, of, name, descriptor, onInterface);
                        }
                    }
                });
    }

    /** Reads another static field of the same class and type. */
    static MethodEdit constant(Where where, String owner, String field, String otherField) {
        String internal = Code.Names.internal(owner);
        return new MethodEdit(
                "a use of " + owner + "." + field, where, false, (next, found) -> new MethodVisitor(API, next) {
                    @Override
                    public void visitFieldInsn(int opcode, String of, String name, String descriptor) {
                        boolean meant = opcode == Opcodes.GETSTATIC && of.equals(internal) && name.equals(field);
                        if (meant) {
                            found.run();
                        }
                        super.visitFieldInsn(opcode, of, meant ? otherField : name, descriptor);
                    }
                });
    }

    /** Does something first. */
    static MethodEdit head(Where where, Code code) {
        return new MethodEdit("one method", where, true, (next, found) -> new MethodVisitor(API, next) {
            @Override
            public void visitCode() {
                found.run();
                super.visitCode();
                code.writeTo(mv);
            }
        });
    }

    /** Does something else altogether; the code ends in a return. */
    static MethodEdit body(Where where, Code code) {
        return new MethodEdit("one method", where, true, (next, found) -> new MethodVisitor(API) {
            @Override
            public void visitCode() {
                found.run();
                next.visitCode();
                code.writeTo(next);
            }

            @Override
            public void visitEnd() {
                next.visitMaxs(0, 0);
                next.visitEnd();
            }
        });
    }
}
