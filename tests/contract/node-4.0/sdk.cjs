// One life of a session with the official Node SDK for API 4.0. Prints what it saw as JSON.
const { LookerNodeSDK, NodeSettings } = require('@looker/sdk-node')
require('../node_life.cjs')(LookerNodeSDK.init40(new NodeSettings('LOOKERSDK')), '4.0')
