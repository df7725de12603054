/** Where this page finds its server: always the origin that served it. */
export const API_BASE = '/api/v1';
export const SOCKET_PATH = '/socket.io';
export const SOCKET_NAMESPACE = '/chat';

/** A page opened with `?tenant=x` belongs to that tenant until it is closed. */
export const TENANT_ID = new URLSearchParams(location.search).get('tenant') || 'default';
