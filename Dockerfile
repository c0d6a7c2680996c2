# syntax=docker/dockerfile:1
# The command with everything it needs. Without arguments it runs the workbench; see docs/hosting.md.
#   docker build --tag kameleoon-destination .
#   docker run --rm --init --publish 127.0.0.1:4747:4747 kameleoon-destination

FROM node:22-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN mkdir /package && npm pack --pack-destination /package

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
# The clients of both databases are for a fleet; the command loads them only when a queue is used.
RUN --mount=type=bind,from=build,source=/package,target=/package \
  npm init --yes > /dev/null \
  && npm install --omit=dev --no-audit --no-fund /package/*.tgz bullmq@6 ioredis@6 pg@8 \
  && npm cache clean --force \
  && mkdir /data \
  && chown node:node /data
ENV PATH=/app/node_modules/.bin:$PATH

# What is written: mappings and settings of the workbench, checkpoints, rejected events.
WORKDIR /data
VOLUME /data
USER node

# Of the workbench; another address for a worker or a receiver: http://127.0.0.1:9464/healthz
ENV HEALTH_ADDRESS=http://127.0.0.1:4747/
EXPOSE 4747
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(process.env.HEALTH_ADDRESS).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

ENTRYPOINT ["node", "/app/node_modules/segment-destination-kameleoon/dist/cli/main.js"]
CMD ["workbench", "--host", "0.0.0.0", "--allow-remote", "--data", "/data/workbench"]
