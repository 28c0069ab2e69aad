# One row a user, worked out when it is asked for. A filter on `order_window` reaches into the inner query.
view: user_facts {
  derived_table: {
    sql:
      SELECT
        orders.user_id AS user_id,
        COUNT(DISTINCT orders.id) AS lifetime_orders,
        SUM(order_items.sale_price) AS lifetime_revenue
      FROM orders
      LEFT JOIN order_items ON order_items.order_id = orders.id
      WHERE {% condition order_window %} orders.created_at {% endcondition %}
      GROUP BY 1 ;;
  }

  filter: order_window {
    type: date
    description: "Which orders count as a user's own"
  }

  dimension: user_id {
    primary_key: yes
    hidden: yes
    type: number
    sql: ${TABLE}.user_id ;;
  }

  dimension: lifetime_orders {
    type: number
    sql: ${TABLE}.lifetime_orders ;;
  }

  dimension: lifetime_orders_tier {
    type: tier
    tiers: [1, 5, 10, 20]
    style: integer
    sql: ${lifetime_orders} ;;
  }

  measure: average_lifetime_revenue {
    type: average
    value_format: "@{currency_format}"
    sql: ${TABLE}.lifetime_revenue ;;
  }
}
