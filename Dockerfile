# deploy/layout.ts carries out this file without a container engine, so it keeps to the forms known there.

FROM node:26-trixie-slim AS build
WORKDIR /app
# Before the sources, so that the packages are installed anew only when these files change.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY graphiql graphiql
COPY examples examples
COPY src src
# The compiler's notes for its next run are of no use in the image.
RUN npm run build && rm -f dist/.tsbuildinfo

FROM node:26-trixie-slim AS production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional dependencies are Node itself, which the base image has.
RUN npm ci --omit=dev --omit=optional
RUN mkdir data

FROM node:26-trixie-slim
LABEL org.opencontainers.image.title="Gatepost" \
      org.opencontainers.image.description="Network requirements as a service" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
# What changes least comes first. All of it stays root's: the service cannot write to its own code.
COPY --from=production /app/node_modules node_modules
COPY --from=production --chown=10001:10001 /app/data /data
COPY schema schema
COPY catalogs catalogs
COPY package.json ./
COPY --from=build /app/dist dist

# The store is all that is ever written. A new volume takes over the owner of the folder. SQLite puts what it sorts there
# too, where that is more than its memory: it finds no other place in a file system that is read-only.
ENV DATABASE_URL=file:/data/gatepost.db SQLITE_TMPDIR=/data
VOLUME /data
# By number, because only then can an orchestrator see that it is not root.
USER 10001:10001
EXPOSE 3000

# Liveness, not readiness: whoever restarts an unhealthy container would cut a drain short, and end answers from memory.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "dist/healthcheck.js"]

# Without a shell in between, so that SIGTERM reaches the service; with the flag of "npm start".
ENTRYPOINT ["node", "--max-semi-space-size=2", "--heap-growing-percent=50", "dist/main.js"]
