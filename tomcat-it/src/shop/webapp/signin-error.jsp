<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<html>
<head><title>Sign in</title></head>
<body><h1>That was not right</h1></body>
</html>
