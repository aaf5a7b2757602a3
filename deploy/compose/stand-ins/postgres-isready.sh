#!/bin/bash
# npm's package has no pg_isready: the server listens on TCP only when it is ready.
exec 3<>/dev/tcp/127.0.0.1/5432
