# A dashboard is a list of tiles, and each tile a question to an explore. A filter reaches the tiles that `listen` to it.
- dashboard: sales
  title: Sales
  description: What was sold, to whom, and what came back
  layout: newspaper

  filters:
  - name: Year
    title: Sold in
    type: field_filter
    default_value: "2024"
    model: shop
    explore: order_items
    field: order_items.created_date
  - name: State
    title: State of the buyer
    type: field_filter
    model: shop
    explore: users
    field: users.state

  elements:
  - name: revenue
    title: Revenue
    model: shop
    explore: order_items
    type: single_value
    fields: [order_items.total_revenue]
    listen: {Year: order_items.created_date, State: users.state}
    row: 0
    col: 0
    width: 6
    height: 4
  - name: revenue_by_month
    title: Revenue by month
    model: shop
    explore: order_items
    type: looker_line
    fields: [order_items.created_month, order_items.total_revenue, order_items.return_rate]
    sorts: [order_items.created_month]
    listen: {Year: order_items.created_date, State: users.state}
    row: 0
    col: 6
    width: 18
    height: 8
  - name: categories
    title: Best categories
    model: shop
    explore: order_items
    type: looker_column
    fields: [products.category, order_items.total_revenue]
    filters: {order_items.status: Complete}
    sorts: [order_items.total_revenue desc]
    limit: 10
    listen: {Year: order_items.created_date, State: users.state}
    row: 8
    col: 0
    width: 12
    height: 8
  - name: credit
    title: Credit of those who buy
    model: shop
    explore: users
    type: looker_grid
    fields: [users.state, users.count, users.total_credit, order_items.count]
    sorts: [users.total_credit desc]
    limit: 20
    listen: {Year: order_items.created_date, State: users.state}
    row: 8
    col: 12
    width: 12
    height: 8
  - name: note
    type: text
    title_text: How to read this
    body_text: Credit is counted once a user, however many items that user bought.
    row: 4
    col: 0
    width: 6
    height: 4
