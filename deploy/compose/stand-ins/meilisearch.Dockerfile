FROM noiviec-stand-in/debian:bookworm
COPY meilisearch /usr/local/bin/meilisearch
RUN mkdir /meili_data
WORKDIR /meili_data
