#!/bin/sh
# Tomcat's bin/setenv.sh: takes Holdfast's values from environment variables, as containers like it. With this, name the
# variables in context.xml instead of the properties:
#
#     url="${HOLDFAST_URL}" username="${HOLDFAST_USERNAME}" password="${HOLDFAST_PASSWORD}" keys="${HOLDFAST_KEYS}"
#
# HOLDFAST_KEYS holds the lines of a key file, separated by spaces or commas, where there is no place for a file; else keep
# keyFile. Set the variables where you start Tomcat (systemd's EnvironmentFile, a container's secrets), not in here.

# makes ${NAME} in Tomcat's XML files mean the environment variable first, then the system property
CATALINA_OPTS="$CATALINA_OPTS -Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource"
