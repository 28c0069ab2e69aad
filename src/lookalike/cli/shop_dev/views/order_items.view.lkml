view: order_items {
  sql_table_name: order_items ;;

  # Try it: {"filters": {"order_items.revenue_from": "order"}} dates revenue by its order instead of its item.
  parameter: revenue_from {
    type: unquoted
    allowed_value: { label: "Item" value: "item" }
    allowed_value: { label: "Order" value: "order" }
    default_value: "item"
  }

  dimension: id {
    primary_key: yes
    type: number
    sql: ${TABLE}.id ;;
  }

  dimension: order_id {
    type: number
    hidden: yes
    sql: ${TABLE}.order_id ;;
  }

  dimension: product_id {
    type: number
    hidden: yes
    sql: ${TABLE}.product_id ;;
  }

  dimension: status {
    type: string
    description: "Complete, Returned or Cancelled"
    sql: ${TABLE}.status ;;
  }

  dimension: is_returned {
    type: yesno
    sql: ${status} = 'Returned' ;;
  }

  dimension_group: created {
    type: time
    timeframes: [raw, time, date, week, month, quarter, year]
    sql: {% if revenue_from._parameter_value == "order" %} ${orders.created_raw} {% else %} ${TABLE}.created_at {% endif %} ;;
  }

  dimension: sale_price {
    type: number
    value_format: "@{currency_format}"
    sql: ${TABLE}.sale_price ;;
  }

  dimension: price_tier {
    type: tier
    tiers: [25, 50, 100, 200]
    style: integer
    sql: ${sale_price} ;;
  }

  measure: count {
    type: count
    drill_fields: [id, orders.id, products.name, sale_price]
  }

  # Returned items are no revenue.
  measure: total_revenue {
    type: sum
    value_format: "@{currency_format}"
    sql: ${sale_price} ;;
    filters: [is_returned: "No"]
  }

  measure: returned_count {
    type: count
    filters: [is_returned: "Yes"]
  }

  measure: average_sale_price {
    type: average
    value_format: "@{currency_format}"
    sql: ${sale_price} ;;
  }

  measure: return_rate {
    type: number
    value_format_name: percent_1
    sql: 1.0 * ${returned_count} / NULLIF(${count}, 0) ;;
  }
}
