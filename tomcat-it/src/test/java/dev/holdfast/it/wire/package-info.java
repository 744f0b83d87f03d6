/** Several protocols by which a client can ask a Tomcat, each down to how an answer breaks off. */
package dev.holdfast.it.wire;
