<%@ page contentType="text/html;charset=UTF-8" %>
<html>
<head><title>Sign in</title></head>
<body>
<h1>Sign in</h1>
<form action="j_security_check" method="post">
  <input name="j_username"> <input name="j_password" type="password"> <input type="submit" value="Sign in">
</form>
</body>
</html>
