{{/* The environment of one service: only what it reads. */}}
{{- define "parley.environment" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $service := .service -}}
{{- $own := $service.values -}}
{{- $name := $service.name -}}
{{- include "parley.variable" (dict "variable" "PORT" "value" $own.port) -}}
{{- include "parley.variable" (dict "variable" "JAVA_TOOL_OPTIONS" "value" $own.javaOptions) -}}
{{- /* Each part of a stop may take as long as closing the sockets, and a while for what is under way. */ -}}
{{- include "parley.variable" (dict "variable" "SPRING_LIFECYCLE_TIMEOUTPERSHUTDOWNPHASE" "value" (printf "%ds" (add $own.drainSeconds 10))) -}}
{{- /* Also where it is empty: the images have one of their own. */}}
- name: LOGGING_STRUCTURED_FORMAT_CONSOLE
  value: {{ $values.logging.format | quote }}
{{- if $values.tracing.endpoint -}}
{{- include "parley.variable" (dict "variable" "OTEL_EXPORTER_OTLP_ENDPOINT" "value" $values.tracing.endpoint) -}}
{{- /* What a caller has sampled is sampled everywhere. */ -}}
{{- include "parley.variable" (dict "variable" "OTEL_TRACES_SAMPLER" "value" "parentbased_traceidratio") -}}
{{- include "parley.variable" (dict "variable" "OTEL_TRACES_SAMPLER_ARG" "value" $values.tracing.sampling) -}}
{{- end -}}
{{- range $service.calls -}}
{{- if ne . "presence" -}}
{{- include "parley.variable" (dict "variable" (printf "PARLEY_%s_URL" (upper .)) "value" (include "parley.address" (dict "root" $root "name" .))) -}}
{{- else if eq $name "gateway" -}}
{{- $nodes := $values.presenceNodes | default (printf "dns://%s-presence-nodes:%v" $values.platform $values.presence.port) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NODES_PRESENCE" "value" $nodes) -}}
{{- else -}}
{{- include "parley.variable" (dict "variable" "PARLEY_PRESENCE_URL" "value" (include "parley.address" (dict "root" $root "name" .))) -}}
{{- end -}}
{{- end -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_SERVICE_SECRET" "from" $values.secrets.serviceSecret) -}}
{{- if $service.stores -}}
{{- include "parley.secretVariable" (dict "variable" "MONGODB_URI" "from" $values.secrets.mongodbUri) -}}
{{- include "parley.variable" (dict "variable" "KAFKA_BOOTSTRAP_SERVERS" "value" $values.kafka.bootstrapServers) -}}
{{- if ne $values.kafka.securityProtocol "PLAINTEXT" -}}
{{- include "parley.variable" (dict "variable" "SPRING_KAFKA_PROPERTIES_SECURITY_PROTOCOL" "value" $values.kafka.securityProtocol) -}}
{{- end -}}
{{- if hasPrefix "SASL" $values.kafka.securityProtocol -}}
{{- include "parley.variable" (dict "variable" "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM" "value" $values.kafka.saslMechanism) -}}
{{- include "parley.secretVariable" (dict "variable" "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG" "from" $values.secrets.kafkaJaasConfig) -}}
{{- end -}}
{{- include "parley.variable" (dict "variable" "PARLEY_TOPICS_PARTITIONS" "value" ($values.kafka.topicPartitions | default "")) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_TOPICS_REPLICAS" "value" ($values.kafka.topicReplicas | default "")) -}}
{{- if ne $name "notification" -}}
{{- include "parley.variable" (dict "variable" "PARLEY_FILES_PUBLICURL" "value" $values.publicUrl) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_FILES_URLKEYS" "from" $values.secrets.fileUrlKeys) -}}
{{- end -}}
{{- end -}}
{{- if eq $values.encryption.mode "server" -}}
{{- if has $name (list "gateway" "conversation" "message" "presence" "media") -}}
{{- include "parley.variable" (dict "variable" "PARLEY_ENCRYPTION_MODE" "value" $values.encryption.mode) -}}
{{- end -}}
{{- if has $name (list "conversation" "message" "presence" "media") -}}
{{- include "parley.variable" (dict "variable" "PARLEY_ENCRYPTION_CURRENTKEY" "value" $values.encryption.currentKey) -}}
{{- range $id, $key := $values.secrets.masterKeys -}}
{{- include "parley.secretVariable" (dict "variable" (printf "PARLEY_ENCRYPTION_MASTERKEYS_%s" (upper $id)) "from" $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- include (printf "parley.environment.%s" $name) . -}}
{{- range $variable, $value := $own.env -}}
{{- include "parley.variable" (dict "variable" $variable "value" $value) -}}
{{- end -}}
{{- end -}}

{{- define "parley.address" -}}
{{- $port := (index .root.Values .name).port -}}
{{- index .root.Values.addresses .name | default (printf "http://%s-%s:%v" .root.Values.platform .name $port) -}}
{{- end -}}

{{- define "parley.environment.gateway" -}}
{{- $own := .service.values -}}
{{- $presence := mustMergeOverwrite (deepCopy .root.Values.defaults) (deepCopy .root.Values.presence) -}}
{{- include "parley.variable" (dict "variable" "MANAGEMENT_SERVER_PORT" "value" $own.managementPort) -}}
{{- include "parley.variable" (dict "variable" "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE" "value" "health,prometheus") -}}
{{- include "parley.variable" (dict "variable" "PARLEY_GATEWAY_SOCKETS_DRAINWINDOW" "value" (printf "%vs" $own.drainSeconds)) -}}
{{- /* As long as a node takes to stop, its sessions must be found. */ -}}
{{- include "parley.variable" (dict "variable" "PARLEY_GATEWAY_NODES_LINGER" "value" (printf "%vs" (include "parley.graceSeconds" $presence))) -}}
{{- /* While more of them run than to begin with, more passes. */ -}}
{{- include "parley.variable" (dict "variable" "PARLEY_GATEWAY_RATELIMIT_GATEWAYS" "value" (ternary $own.autoscaling.min $own.replicas $own.autoscaling.enabled)) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_GATEWAY_TRUSTEDPROXIES" "value" (join "," $own.trustedProxies)) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_GATEWAY_CORS_ALLOWEDORIGINS" "value" (join "," $own.allowedOrigins)) -}}
{{- end -}}

{{- define "parley.environment.auth" -}}
{{- $own := .service.values -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_AUTH_SIGNING_WRAPPINGKEY" "from" .root.Values.secrets.signingWrappingKey) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_AUTH_TENANTS_DEFAULTTENANT" "value" $own.defaultTenant) -}}
{{- range $tenant, $mode := $own.registration -}}
{{- include "parley.variable" (dict "variable" (printf "PARLEY_AUTH_TENANTS_REGISTRATION_%s" (upper $tenant)) "value" $mode) -}}
{{- end -}}
{{- end -}}

{{- define "parley.environment.conversation" -}}{{- end -}}

{{- define "parley.environment.message" -}}{{- end -}}

{{- define "parley.environment.presence" -}}
{{- include "parley.variable" (dict "variable" "PARLEY_PRESENCE_DRAINWINDOW" "value" (printf "%vs" .service.values.drainSeconds)) -}}
{{- end -}}

{{- define "parley.environment.media" -}}
{{- $secrets := .root.Values.secrets -}}
{{- $storage := .service.values.storage -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_TYPE" "value" $storage.type) -}}
{{- if eq $storage.type "s3" -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_BUCKET" "value" $storage.s3.bucket) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_REGION" "value" $storage.s3.region) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_ENDPOINT" "value" $storage.s3.endpoint) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_PUBLICENDPOINT" "value" $storage.s3.publicEndpoint) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_PATHSTYLE" "value" $storage.s3.pathStyle) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_ACCESSKEY" "from" $secrets.s3AccessKey) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_MEDIA_STORAGE_S3_SECRETKEY" "from" $secrets.s3SecretKey) -}}
{{- else -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_STORAGE_FOLDER" "value" "/files") -}}
{{- end -}}
{{- include "parley.variable" (dict "variable" "PARLEY_MEDIA_MALWARE_CLAMD" "value" .service.values.clamd) -}}
{{- end -}}

{{- define "parley.environment.notification" -}}
{{- $secrets := .root.Values.secrets -}}
{{- $own := .service.values -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_NOTIFICATION_WEBPUSH_WRAPPINGKEY" "from" $secrets.webPushWrappingKey) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NOTIFICATION_WEBPUSH_PUBLICKEY" "value" $own.webPush.publicKey) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_NOTIFICATION_WEBPUSH_PRIVATEKEY" "from" $secrets.webPushPrivateKey) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NOTIFICATION_WEBPUSH_SUBJECT" "value" $own.webPush.subject) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_NOTIFICATION_EXPO_ACCESSTOKEN" "from" $secrets.expoAccessToken) -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_NOTIFICATION_FCM_CREDENTIALS" "from" $secrets.fcmCredentials) -}}
{{- if $secrets.apnsKey.name -}}
{{- include "parley.secretVariable" (dict "variable" "PARLEY_NOTIFICATION_APNS_KEY" "from" $secrets.apnsKey) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NOTIFICATION_APNS_TEAMID" "value" $own.apns.teamId) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NOTIFICATION_APNS_KEYID" "value" $own.apns.keyId) -}}
{{- include "parley.variable" (dict "variable" "PARLEY_NOTIFICATION_APNS_TOPIC" "value" $own.apns.topic) -}}
{{- end -}}
{{- end -}}
