FROM noiviec-stand-in/debian:bookworm
COPY java /opt/java
COPY jars /opt/kafka/libs
COPY kafka-entrypoint.sh kafka-broker-api-versions.sh /opt/kafka/bin/
RUN useradd --uid 1001 --create-home appuser \
 && mkdir -p /var/lib/kafka/data && chown appuser /var/lib/kafka/data && chmod 755 /opt/kafka/bin/*
USER appuser
CMD ["/opt/kafka/bin/kafka-entrypoint.sh"]
