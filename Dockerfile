# syntax=docker/dockerfile:1
# Plumbline: one image for `serve`, `work` and every other command. tools/replay-dockerfile.ts runs these steps without an engine.

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The `prepare` script would build before the sources are here.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.types.json ./
COPY src ./src
COPY connectors ./connectors
COPY workers ./workers
COPY rules ./rules
COPY web ./web
COPY tools/bundle.mjs ./tools/
RUN npm run build

FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Binaries come inside packages, none is built or fetched by a script.
RUN npm ci --omit=dev --ignore-scripts

FROM node:20.20.2-bookworm-slim AS plumbline
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="plumbline" \
      org.opencontainers.image.description="Infers from a helpdesk's records how mature its support is" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --gid 10001 plumbline \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin plumbline \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
# Inside a container the address is its own; what is published decides who reaches it (docker-compose.yml: this machine only).
ENV NODE_ENV=production \
    PLUMBLINE_DATA=/data \
    PLUMBLINE_HOST=0.0.0.0 \
    PLUMBLINE_PORT=7448
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY rules ./rules
COPY connectors/file/presets ./connectors/file/presets
USER 10001:10001
VOLUME ["/data"]
EXPOSE 7448
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PLUMBLINE_PORT}/healthz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=32", "dist/src/cli/main.js"]
CMD ["serve"]
