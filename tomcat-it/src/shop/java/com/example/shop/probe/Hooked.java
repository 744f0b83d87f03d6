package com.example.shop.probe;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Writes its transient field itself. */
final class Hooked implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient String text;

    Hooked(String text) {
        this.text = text;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeUTF(new StringBuilder(text).reverse().toString());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        text = new StringBuilder(in.readUTF()).reverse().toString();
    }

    @Override
    public String toString() {
        return "Hooked " + text;
    }
}
