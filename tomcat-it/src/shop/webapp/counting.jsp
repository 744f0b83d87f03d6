<%@ page contentType="text/plain;charset=UTF-8" isErrorPage="true" import="java.util.ArrayList, java.util.List" %><%
    List<String> marks = new ArrayList<>();
    session.setAttribute("m", marks);
    marks.add(request.getParameter("mark"));
%>an error page that changes the session
