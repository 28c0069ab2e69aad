// What the Node SDKs of both versions do alike: log in, look, switch, ask, log out, be refused.
module.exports = async (sdk, version) => {
  const query = {
    model: 'shop',
    view: 'order_items',
    fields: ['order_items.total_revenue', 'order_items.count'],
    limit: '10',
  }
  const ask = () => sdk.ok(sdk.run_inline_query({ result_format: 'json', body: query }))
  const seen = {}
  seen.me = (await sdk.ok(sdk.me())).email
  seen.first = (await sdk.ok(sdk.session())).workspace_id
  seen.production = await ask()
  seen.updated = (await sdk.ok(sdk.update_session({ workspace_id: 'dev' }))).workspace_id
  seen.dev = await ask()
  const token = (await sdk.authSession.getToken()).access_token
  await sdk.authSession.logout()
  const answer = await fetch(`${process.env.LOOKERSDK_BASE_URL}/api/${version}/session`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  seen.after_logout = answer.status
  console.log(JSON.stringify(seen))
}
