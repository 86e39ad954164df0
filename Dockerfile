# Build: docker build -t referralbot .
# Own:   docker run --rm referralbot profile > service.yaml
# Run:   docker run --env-file settings.env -e SERVICE=/service.yaml -e KEYS=/referralbot.keys -v "$PWD/service.yaml:/service.yaml:ro" \
#          -v /safe/referralbot.keys:/referralbot.keys:ro -v referralbot:/data --read-only --cap-drop ALL referralbot
#        The keys are made by "referralbot keys new" and belong to user 65532 alone.
# With Redis: cmd/referralbot/deploy/compose.yaml. Every step here is run by .ci/dockerfile, which has no engine.
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o out/referralbot ./cmd/referralbot \
    && mkdir out/data

# One static binary, the certificates that it believes, and a folder for the store: no shell, and nothing else to keep up to date.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/out/referralbot /referralbot
COPY --from=build --chown=65532:65532 /src/out/data /data
USER 65532:65532
WORKDIR /data
VOLUME /data
ENV STORE=sqlite:/data/referralbot.db KEYS=/referralbot.keys LISTEN=127.0.0.1:8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD ["/referralbot", "ready"]
ENTRYPOINT ["/referralbot"]
CMD ["serve"]
