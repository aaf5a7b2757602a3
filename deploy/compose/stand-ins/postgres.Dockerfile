FROM noiviec-stand-in/debian:bookworm
COPY native /usr/lib/postgresql/18
COPY postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
COPY postgres-isready.sh /usr/local/bin/pg_isready
RUN useradd --uid 999 --create-home postgres \
 && mkdir -p /var/lib/postgresql && chown postgres /var/lib/postgresql \
 && chmod 755 /usr/local/bin/docker-entrypoint.sh /usr/local/bin/pg_isready
ENV PATH=/usr/lib/postgresql/18/bin:$PATH PGDATA=/var/lib/postgresql/18/docker
ENTRYPOINT ["docker-entrypoint.sh"]
STOPSIGNAL SIGINT
