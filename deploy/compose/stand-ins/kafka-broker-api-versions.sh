#!/bin/bash
# Kafka's tools are not among the broker's jars; the broker listens when it has registered.
exec 3<>/dev/tcp/127.0.0.1/9092
