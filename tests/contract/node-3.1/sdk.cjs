// One life of a session with the official Node SDK for API 3.1. Prints what it saw as JSON.
const { LookerNodeSDK, NodeSettings } = require('@looker/sdk-node')
require('../node_life.cjs')(LookerNodeSDK.init31(new NodeSettings('LOOKERSDK')), '3.1')
