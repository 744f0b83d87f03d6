<%@ page contentType="text/plain;charset=UTF-8" isErrorPage="true" session="false" %>I am a teapot
