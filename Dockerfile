# Build: docker build -t referralbot .
# Own:   docker run --rm referralbot profile > service.yaml
# Run:   docker run --env-file settings.env -e SERVICE=/service.yaml -e KEYS=/referralbot.keys -v "$PWD/service.yaml:/service.yaml:ro" \
#          -v /safe/referralbot.keys:/referralbot.keys:ro -v referralbot:/data referralbot
#        The keys are made by "referralbot keys new" and belong to user 65532 alone.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /referralbot ./cmd/referralbot \
    && mkdir /data

# The certificates and the unprivileged user are all that this image adds: no shell.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /referralbot /referralbot
COPY --from=build --chown=nonroot:nonroot /data /data
USER nonroot
WORKDIR /data
VOLUME /data
ENV STORE=sqlite:/data/referralbot.db KEYS=/referralbot.keys
ENTRYPOINT ["/referralbot"]
CMD ["serve"]
