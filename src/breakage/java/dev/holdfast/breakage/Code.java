package dev.holdfast.breakage;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Some instructions, to be put into a method of the product. What they find on the stack is said where they are used. */
@FunctionalInterface
interface Code {
    void writeTo(MethodVisitor method);

    default Code then(Code next) {
        return method -> {
            writeTo(method);
            next.writeTo(method);
        };
    }

    /** Nothing: what has been replaced is left out. */
    static Code none() {
        return method -> {};
    }

    /** Instructions without an operand. */
    static Code op(int... opcodes) {
        return method -> {
            for (int opcode : opcodes) {
                method.visitInsn(opcode);
            }
        };
    }

    static Code yes() {
        return op(Opcodes.ICONST_1);
    }

    static Code no() {
        return op(Opcodes.ICONST_0);
    }

    /** A reference in a local variable; an instance method's {@code this} is number 0. */
    static Code local(int number) {
        return method -> method.visitVarInsn(Opcodes.ALOAD, number);
    }

    static Code field(String owner, String name, String type) {
        return method -> method.visitFieldInsn(
                Opcodes.GETFIELD, Names.internal(owner), name, Names.type(type).getDescriptor());
    }

    /** Calls a method of a class; the receiver and the arguments are on the stack. */
    static Code call(String owner, String returned, String name, String... parameters) {
        return invoke(Opcodes.INVOKEVIRTUAL, false, owner, returned, name, parameters);
    }

    static Code callInterface(String owner, String returned, String name, String... parameters) {
        return invoke(Opcodes.INVOKEINTERFACE, true, owner, returned, name, parameters);
    }

    static Code callStatic(String owner, String returned, String name, String... parameters) {
        return invoke(Opcodes.INVOKESTATIC, false, owner, returned, name, parameters);
    }

    /** Calls a method as the class above has it. */
    static Code callSuper(String owner, String returned, String name, String... parameters) {
        return invoke(Opcodes.INVOKESPECIAL, false, owner, returned, name, parameters);
    }

    private static Code invoke(
            int opcode, boolean onInterface, String owner, String returned, String name, String... parameters) {
        return method -> method.visitMethodInsn(
                opcode, Names.internal(owner), name, Names.descriptor(returned, parameters), onInterface);
    }

    static Code emptyOptional() {
        return callStatic("java.util.Optional", "java.util.Optional", "empty");
    }

    /** A new object by the constructor without parameters. */
    static Code instance(String type) {
        return method -> {
            method.visitTypeInsn(Opcodes.NEW, Names.internal(type));
            method.visitInsn(Opcodes.DUP);
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, Names.internal(type), "<init>", "()V", false);
        };
    }

    static Code constant(Object value) {
        return method -> method.visitLdcInsn(value);
    }

    /**
     * Does something if the boolean on the stack is true, and goes on behind it otherwise. The rest of the stack must be empty
     * there, and the method must not have declared any variable of its own yet.
     */
    static Code ifTrue(Code action) {
        return method -> {
            Label otherwise = new Label();
            method.visitJumpInsn(Opcodes.IFEQ, otherwise);
            action.writeTo(method);
            method.visitLabel(otherwise);
            method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            // So that a frame of the method itself is never at the same place.
            method.visitInsn(Opcodes.NOP);
        };
    }

    /** Runs what ends in a return, and instead of failing with this exception does something else that ends in a return. */
    static Code orIfItFails(Code attempt, String exception, Code remedy) {
        return method -> {
            Label start = new Label();
            Label end = new Label();
            Label handler = new Label();
            method.visitTryCatchBlock(start, end, handler, Names.internal(exception));
            method.visitLabel(start);
            attempt.writeTo(method);
            method.visitLabel(end);
            method.visitLabel(handler);
            method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {Names.internal(exception)});
            method.visitInsn(Opcodes.POP);
            remedy.writeTo(method);
        };
    }

    /** Whether the reference on the stack is of this type. */
    static Code isA(String type) {
        return method -> method.visitTypeInsn(Opcodes.INSTANCEOF, Names.internal(type));
    }

    static Code returnReference() {
        return op(Opcodes.ARETURN);
    }

    static Code returnBoolean(boolean value) {
        return (value ? yes() : no()).then(op(Opcodes.IRETURN));
    }

    static Code returnNothing() {
        return op(Opcodes.RETURN);
    }

    /** How class files write names. */
    final class Names {
        private static final String PRODUCT = "dev.holdfast.";

        private Names() {}

        /** A product class by its room, as in {@code store.Sql}; any other by its full name. */
        static String binary(String name) {
            return name.matches("(tomcat|session|codec|crypto|store)\\..*") ? PRODUCT + name : name;
        }

        static String internal(String name) {
            return binary(name).replace('.', '/');
        }

        static Type type(String name) {
            return switch (name) {
                case "void" -> Type.VOID_TYPE;
                case "boolean" -> Type.BOOLEAN_TYPE;
                case "int" -> Type.INT_TYPE;
                case "long" -> Type.LONG_TYPE;
                default -> Type.getObjectType(internal(name));
            };
        }

        static String descriptor(String returned, String... parameters) {
            Type[] types = new Type[parameters.length];
            for (int i = 0; i < parameters.length; i++) {
                types[i] = type(parameters[i]);
            }
            return Type.getMethodDescriptor(type(returned), types);
        }
    }
}
